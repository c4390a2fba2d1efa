import { KeyblokError } from '../errors.js'
import type { Environment } from './environment.js'
import type { Secret } from './secret.js'
import type { TokenSet } from './token-set.js'

/** What is published, or what editors work on. */
export type Version = 'published' | 'draft'

/** Who sees drafts where the environment does not decide it: those with a grant, or everyone. */
export type DraftsPolicy = 'granted' | 'everyone'

/** All that the decision depends on. */
export interface AccessQuestion {
  environment: Environment
  tokens: TokenSet
  /** Whether the request proved that the Visual Editor is asking. */
  granted: boolean
  /** Whether the request comes from this machine itself, to a dev server. */
  local: boolean
  /** Who sees drafts on staging; by default everyone where staging is declared, else those with a grant. */
  drafts?: DraftsPolicy
  /** The version that the code asks for, if it does. It can narrow what may be read, never widen it outside tests. */
  version?: Version
  /** The id of a release whose content is asked for. It needs that release's token, or the right to see drafts. */
  release?: string
  /** The prefix of the variables that errors name. */
  prefix?: string
}

/** The decision for one request. */
export interface Access {
  version: Version
  token: Secret
  /** The release that it reads, by id. */
  release?: string
  /** Why, in one sentence. */
  reason: string
}

/**
 * Decides which version a request reads and with which token. A published read always uses the public token and a
 * draft read the preview token; a missing token is never replaced by the other.
 *
 * @returns The access.
 * A release is read with its own token, or with the preview token by whoever may see drafts.
 *
 * @returns The access.
 * @throws {KeyblokError} `KB_TOKEN_MISSING` when the token for the decided version is not there; `KB_DRAFT_REFUSED`
 * when a draft is asked for that this request may not see; `KB_RELEASE_REFUSED` when a release is.
 */
export function chooseAccess(question: AccessQuestion): Access {
  const { tokens, version, release, prefix = 'STORYBLOK' } = question
  if (release !== undefined) return chooseReleaseAccess(question, release)
  const decision = decideVersion(question)
  if (version === 'draft' && decision.version !== 'draft') throw new KeyblokError('KB_DRAFT_REFUSED', decision.reason)

  const token = decision.version === 'draft' ? tokens.preview[0] : tokens.public
  if (!token) throw missingToken(decision, prefix)
  return { ...decision, token }
}

function chooseReleaseAccess(question: AccessQuestion, release: string): Access {
  const { tokens, prefix = 'STORYBLOK' } = question
  const own = tokens.releases.find((candidate) => candidate.release === release)
  if (own) {
    return { version: 'published', token: own.token, release, reason: `Release ${release}: its token is configured.` }
  }
  const decision = decideVersion(question)
  const token = tokens.preview[0]
  if (decision.version === 'draft' && token) return { ...decision, token, release }
  throw new KeyblokError('KB_RELEASE_REFUSED', decision.reason, {
    hint: `Set ${prefix}_RELEASE_TOKEN to “<release id>:<token>”, or read the release where drafts may be seen.`,
  })
}

type Decision = Omit<Access, 'token'>

function decideVersion(question: AccessQuestion): Decision {
  if (question.version === 'published') return published('Published: the code asked for it.')
  const decision = environmentRules[question.environment.name](question)
  // Without a preview token nothing can be granted, so what visitors see is all there is.
  if (decision.version === 'draft' && question.tokens.preview.length === 0 && question.version !== 'draft') {
    return published('Published: there is no preview token.')
  }
  return decision
}

const environmentRules: Record<Environment['name'], (question: AccessQuestion) => Decision> = {
  production: ({ granted }) => (granted ? editorDraft : published('Published: this is production.')),
  staging: ({ environment, drafts, granted }) => {
    if (granted) return editorDraft
    if (environment.guessed)
      return published('Published: only its branch’s name tells that this is staging; declare it.')
    const policy = drafts ?? (environment.declared ? 'everyone' : 'granted')
    return policy === 'everyone'
      ? draft('Draft: this staging site shows drafts to everyone.')
      : published('Published: this staging site shows drafts to editors only.')
  },
  development: ({ granted, local }) => {
    if (granted) return editorDraft
    return local
      ? draft('Draft: this is the dev server, asked from this machine.')
      : published('Published: this is the dev server, asked from elsewhere.')
  },
  test: ({ granted, version }) => {
    if (granted) return editorDraft
    return version === 'draft' ? draft('Draft: the test asked for it.') : published('Published: this is a test run.')
  },
}

const editorDraft: Decision = { version: 'draft', reason: 'Draft: the Visual Editor is asking.' }

function draft(reason: string): Decision {
  return { version: 'draft', reason }
}

function published(reason: string): Decision {
  return { version: 'published', reason }
}

/** Dev servers and builds read a file that the server of a build knows nothing of. */
const where =
  'in the environment of the build and of the server; dev servers and builds also read `.env`, ' +
  'a production server does when it is told to (node --env-file=.env …)'

function missingToken({ version, reason }: Decision, prefix: string): KeyblokError {
  const kind = version === 'draft' ? 'preview' : 'public'
  return new KeyblokError('KB_TOKEN_MISSING', `${prefix}_${kind.toUpperCase()}_TOKEN is not set. ${reason}`, {
    hint:
      kind === 'public'
        ? `Create a public token in Storyblok under Settings → Access tokens and set ${prefix}_PUBLIC_TOKEN ${where}. ` +
          'A preview token is never used in its place.'
        : `Set ${prefix}_PREVIEW_TOKEN ${where}.`,
  })
}
