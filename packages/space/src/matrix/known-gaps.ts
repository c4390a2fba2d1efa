/** What Storyblok has and the local space has not. */
export interface KnownGap {
  /** A request that is answered with 404. */
  request: string
  reason: string
}

/** The operations that are documented and left out; the package's README lists them. */
export const knownGaps: readonly KnownGap[] = [
  { request: 'GET /v1/cdn/stories', reason: 'Version 1 of the delivery API is replaced by version 2.' },
  { request: 'GET /v2/cdn/taxonomies', reason: 'Only its name is documented.' },
  { request: 'GET /v2/cdn/taxonomy_terms/1', reason: 'Only its name is documented.' },
  {
    request: 'POST /v1/users/login',
    reason: 'There are no passwords; a personal access token is printed at the start.',
  },
  { request: 'POST /v1/spaces', reason: 'A local space is one space. Start a second one beside it.' },
  { request: 'DELETE /v1/spaces/:space', reason: 'Delete its data file.' },
  { request: 'GET /v1/spaces/:space/story_versions', reason: 'Earlier versions of stories are not kept.' },
  { request: 'GET /v1/spaces/:space/collaborators', reason: 'There is one user, who may do everything.' },
  { request: 'GET /v1/spaces/:space/space_roles', reason: 'There is one user, who may do everything.' },
  { request: 'GET /v1/spaces/:space/discussions', reason: 'Nobody else is there to talk to.' },
  { request: 'GET /v1/spaces/:space/tasks', reason: 'No task runs on a local machine.' },
  { request: 'GET /v1/spaces/:space/activities', reason: 'What happened is not kept, but for webhooks.' },
  { request: 'GET /v1/spaces/:space/approvals', reason: 'Nobody else is there to approve.' },
  { request: 'GET /v1/spaces/:space/experiments', reason: 'A local space has no visitors to compare.' },
  { request: 'GET /v1/field_types', reason: 'Field plugins run in Storyblok’s own editor only.' },
]
