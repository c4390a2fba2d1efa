import { contentFindings } from './catalogue/content.js'
import type { ContentFindingId } from './catalogue/content.js'
import type { Catalogue } from './catalogue/entry.js'
import { fileFindings } from './catalogue/files.js'
import type { FileFindingId } from './catalogue/files.js'
import { packageFindings } from './catalogue/packages.js'
import type { PackageFindingId } from './catalogue/packages.js'
import { pageFindings } from './catalogue/page.js'
import type { PageFindingId } from './catalogue/page.js'
import { personalTokenFindings } from './catalogue/personal-token.js'
import type { PersonalTokenFindingId } from './catalogue/personal-token.js'
import { previewFindings } from './catalogue/preview.js'
import type { PreviewFindingId } from './catalogue/preview.js'
import { tokenFindings } from './catalogue/tokens.js'
import type { TokenFindingId } from './catalogue/tokens.js'
import { variableFindings } from './catalogue/variables.js'
import type { VariableFindingId } from './catalogue/variables.js'
import { webhookFindings } from './catalogue/webhooks.js'
import type { WebhookFindingId } from './catalogue/webhooks.js'

/** The permanent name of a finding. */
export type FindingId =
  | VariableFindingId
  | TokenFindingId
  | PersonalTokenFindingId
  | FileFindingId
  | PreviewFindingId
  | PageFindingId
  | WebhookFindingId
  | PackageFindingId
  | ContentFindingId

/** All that the doctor can find. Each has a heading in docs/guides/doctor.md. */
export const findings: Catalogue<FindingId> = {
  ...variableFindings,
  ...tokenFindings,
  ...personalTokenFindings,
  ...fileFindings,
  ...previewFindings,
  ...pageFindings,
  ...webhookFindings,
  ...packageFindings,
  ...contentFindings,
}
