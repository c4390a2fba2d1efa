import type { Catalogue } from './entry.js'

export type VariableFindingId =
  | 'settings-invalid'
  | 'same-value'
  | 'personal-token-misplaced'
  | 'theme-token'
  | 'ambiguous-token'
  | 'placeholder-token'
  | 'public-variable'
  | 'variable-overridden'
  | 'space-id-missing'
  | 'public-token-missing'
  | 'environment-in-file'
  | 'local-space-in-production'

/** What the variables themselves tell. */
export const variableFindings: Catalogue<VariableFindingId> = {
  'settings-invalid': {
    severity: 'error',
    why: 'The site does not start with it: the first request, or the build, fails.',
    fix: 'Correct the variable. The README of Keyblok lists what each one takes.',
  },
  'same-value': {
    severity: 'error',
    why: 'A token is of one kind, so one of the variables holds a token of the wrong kind.',
    fix: 'Give each variable a token of its own: `npx keyblok tokens create`.',
  },
  'personal-token-misplaced': {
    severity: 'error',
    why: 'A personal access token manages spaces and can write. No site needs one, and Storyblok’s delivery API refuses it.',
    fix: 'Move it to STORYBLOK_PERSONAL_ACCESS_TOKEN, which the command line alone reads, and give the site a token of its space.',
  },
  'theme-token': {
    severity: 'error',
    why: 'It belongs to Storyblok’s retired rendering service, and reads no content.',
    fix: 'Remove the variable, and revoke the token in Storyblok.',
  },
  'ambiguous-token': {
    severity: 'warning',
    why: 'It can mean a preview token or a personal access token, so Keyblok never reads it, and does not search builds for it.',
    fix: 'Rename it to STORYBLOK_PUBLIC_TOKEN, STORYBLOK_PREVIEW_TOKEN or STORYBLOK_PERSONAL_ACCESS_TOKEN.',
  },
  'placeholder-token': {
    severity: 'warning',
    why: 'It stands where a token should be, and Storyblok refuses it.',
    fix: 'Put the token there, or remove the line.',
  },
  'public-variable': {
    severity: 'error',
    why: 'A variable with such a name is written into scripts that every browser gets.',
    fix: 'Take the prefix off the name, read the variable on the server, and replace the token if a site was deployed with it.',
  },
  'variable-overridden': {
    severity: 'note',
    why: 'Whoever changes the value that does not count wonders why nothing happens.',
    fix: 'Remove the one that is not meant.',
  },
  'space-id-missing': {
    severity: 'warning',
    why: 'Without it no editor is recognised, and the region is taken to be Europe.',
    fix: 'Set it to the number in the space’s address: app.storyblok.com/#/me/spaces/<number>.',
  },
  'public-token-missing': {
    severity: 'warning',
    why: 'Visitors are shown what is published, which the public token alone reads: production fails without it.',
    fix: 'Create one, `npx keyblok tokens create`, and set STORYBLOK_PUBLIC_TOKEN.',
  },
  'environment-in-file': {
    severity: 'warning',
    why: 'A build or server that reads the file takes itself for another environment, and can show drafts to everybody.',
    fix: 'Set it where the site runs, not in a file that all read.',
  },
  'local-space-in-production': {
    severity: 'warning',
    why: 'A production build that reads the file asks this machine for its content.',
    fix: 'Move STORYBLOK_API_URL to .env.development or .env.local.',
  },
}
