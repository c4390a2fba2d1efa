import type { Catalogue } from './entry.js'

export type PersonalTokenFindingId =
  | 'personal-token-refused'
  | 'personal-token-legacy'
  | 'personal-token-full'
  | 'personal-token-scopes'
  | 'personal-token-spaces'
  | 'personal-token-endless'
  | 'personal-token-expires'

const replace = 'Create a narrower one with `npx keyblok pat create`, and revoke this one.'

/** What is wrong with personal access tokens. */
export const personalTokenFindings: Catalogue<PersonalTokenFindingId> = {
  'personal-token-refused': {
    severity: 'error',
    why: 'No command that manages the space works. The token has expired, was revoked, or is of another region’s account.',
    fix: 'Create a new one: `npx keyblok pat create`.',
  },
  'personal-token-legacy': {
    severity: 'warning',
    why: 'Such tokens open everything that their user may do, and Storyblok revokes all of them on 30 November 2026.',
    fix: 'Replace it by one with scopes, `npx keyblok pat create`, and revoke it in Storyblok under My account → Account settings.',
  },
  'personal-token-full': {
    severity: 'warning',
    why: 'Whoever gets it may do whatever its user may: in all spaces, billing and members included.',
    fix: replace,
  },
  'personal-token-scopes': {
    severity: 'warning',
    why: 'No command of Keyblok needs these rights; whoever gets the token has them.',
    fix: replace,
  },
  'personal-token-spaces': {
    severity: 'warning',
    why: 'A project needs its own space only; whoever gets the token has the others as well.',
    fix: replace,
  },
  'personal-token-endless': {
    severity: 'warning',
    why: 'A token that was forgotten somewhere opens the account for ever.',
    fix: 'Create one that expires, `npx keyblok pat create`, and revoke this one.',
  },
  'personal-token-expires': {
    severity: 'warning',
    why: 'Commands, in CI too, fail from that day on.',
    fix: 'Create its successor now: `npx keyblok pat create`.',
  },
}
