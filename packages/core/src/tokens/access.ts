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
  /** The prefix of the variables that errors name. */
  prefix?: string
}

/** The decision for one request. */
export interface Access {
  version: Version
  token: Secret
  /** Why, in one sentence. */
  reason: string
}

/**
 * Decides which version a request reads and with which token. A published read always uses the public token and a
 * draft read the preview token; a missing token is never replaced by the other.
 *
 * @returns The access.
 * @throws {KeyblokError} `KB_TOKEN_MISSING` when the token for the decided version is not there; `KB_DRAFT_REFUSED`
 * when a draft is asked for that this request may not see.
 */
export function chooseAccess(question: AccessQuestion): Access {
  const { tokens, version, prefix = 'STORYBLOK' } = question
  const decision = decideVersion(question)
  if (version === 'draft' && decision.version !== 'draft') throw new KeyblokError('KB_DRAFT_REFUSED', decision.reason)

  const token = decision.version === 'draft' ? tokens.preview[0] : tokens.public
  if (!token) throw missingToken(decision, prefix)
  return { ...decision, token }
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

function missingToken({ version, reason }: Decision, prefix: string): KeyblokError {
  const kind = version === 'draft' ? 'preview' : 'public'
  return new KeyblokError('KB_TOKEN_MISSING', `${prefix}_${kind.toUpperCase()}_TOKEN is not set. ${reason}`, {
    hint:
      kind === 'public'
        ? `Create a public token in Storyblok under Settings → Access tokens and set ${prefix}_PUBLIC_TOKEN on the server. ` +
          'A preview token is never used in its place.'
        : `Set ${prefix}_PREVIEW_TOKEN on the server.`,
  })
}
