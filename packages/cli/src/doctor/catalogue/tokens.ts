import type { Catalogue } from './entry.js'

export type TokenFindingId =
  | 'token-unknown'
  | 'token-other-region'
  | 'token-other-space'
  | 'token-wrong-kind'
  | 'tokens-swapped'
  | 'release-refused'
  | 'not-asked'

/** What the API tells of delivery tokens. */
export const tokenFindings: Catalogue<TokenFindingId> = {
  'token-unknown': {
    severity: 'error',
    why: 'Whatever is read with it fails. A token that no region knows has expired, was revoked, or is misspelt.',
    fix: 'Create a new one, `npx keyblok tokens create`, and set the variable wherever the site runs.',
  },
  'token-other-region': {
    severity: 'error',
    why: 'Each region knows its own tokens only, so whatever is read with it fails.',
    fix: 'Set STORYBLOK_SPACE_ID to the id of the token’s space, or STORYBLOK_REGION to its region.',
  },
  'token-other-space': {
    severity: 'error',
    why: 'The site shows another space’s content, and the editors of the configured one are not recognised.',
    fix: 'Correct STORYBLOK_SPACE_ID, or take a token of that space.',
  },
  'token-wrong-kind': {
    severity: 'error',
    why: 'A public token reads no drafts; a preview token in a public variable can show drafts to everybody.',
    fix: 'Put the token into the variable of its kind, and create the one that is missing: `npx keyblok tokens create`.',
  },
  'tokens-swapped': {
    severity: 'error',
    why: 'Visitors’ pages are read with the token that can read drafts, and previews fail.',
    fix: 'Exchange the values of the two variables, wherever the site runs.',
  },
  'release-refused': {
    severity: 'error',
    why: 'The release is not shown to those for whom the token is meant.',
    fix: 'Let the token read the release, in Storyblok under Settings → Access tokens, or correct the release’s id.',
  },
  'not-asked': {
    severity: 'warning',
    why: 'What could not be asked was not checked.',
    fix: 'Check the network, a proxy’s settings and Storyblok’s status page, and run the doctor again.',
  },
}
