import { assetFolderOperations, assetOperations } from './assets.js'
import { branchOperations } from './branches.js'
import { componentGroupOperations, componentOperations, internalTagOperations, presetOperations } from './components.js'
import { datasourceEntryOperations, datasourceOperations } from './datasources.js'
import type { Operation } from './operation.js'
import { releaseOperations } from './releases.js'
import { spaceOperations } from './spaces.js'
import { storyOperations } from './stories.js'
import { tagOperations } from './tags.js'
import { apiKeyOperations, legacyTokenOperations, personalTokenOperations } from './tokens.js'
import { webhookOperations } from './webhooks.js'
import { workflowOperations } from './workflows.js'

/** Every operation of the Management API that the local space has; of two that fit a path, the first is meant. */
export const managementOperations: readonly Operation[] = [
  ...spaceOperations,
  ...storyOperations,
  ...componentOperations,
  ...componentGroupOperations,
  ...presetOperations,
  ...internalTagOperations,
  ...datasourceOperations,
  ...datasourceEntryOperations,
  ...assetOperations,
  ...assetFolderOperations,
  ...apiKeyOperations,
  ...personalTokenOperations,
  ...legacyTokenOperations,
  ...webhookOperations,
  ...releaseOperations,
  ...branchOperations,
  ...workflowOperations,
  ...tagOperations,
]
