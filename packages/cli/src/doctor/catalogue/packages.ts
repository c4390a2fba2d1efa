import type { Catalogue } from './entry.js'

export type PackageFindingId =
  | 'apps-elsewhere'
  | 'keyblok-missing'
  | 'version-unsupported'
  | 'node-unsupported'
  | 'keyblok-mixed'
  | 'core-twice'
  | 'preview-bridge-missing'
  | 'official-sdk-beside'
  | 'telemetry-unscrubbed'

/** What is wrong with what is installed. */
export const packageFindings: Catalogue<PackageFindingId> = {
  'apps-elsewhere': {
    severity: 'note',
    why: 'The files and variables of those apps were not looked at.',
    fix: 'Run the doctor for each of them, with `--dir`.',
  },
  'keyblok-missing': {
    severity: 'note',
    why: 'The site reads Storyblok by other means, which the doctor knows nothing of.',
    fix: 'Set it up: `npx keyblok init`.',
  },
  'version-unsupported': {
    severity: 'error',
    why: 'Keyblok is neither made for nor tested with this version.',
    fix: 'Install a version of the range.',
  },
  'node-unsupported': {
    severity: 'error',
    why: 'Keyblok runs on Node 22.17 and newer.',
    fix: 'Name a newer Node there, and where the site is built and runs.',
  },
  'keyblok-mixed': {
    severity: 'error',
    why: 'Keyblok’s packages are released together, and made for each other.',
    fix: 'Install the same version of all of them.',
  },
  'core-twice': {
    severity: 'warning',
    why: 'Two copies know nothing of each other: errors and secrets of one are not recognised by the other.',
    fix: 'Let the package manager find one version: remove overrides, and install again.',
  },
  'preview-bridge-missing': {
    severity: 'warning',
    why: 'Pages do not follow the editor: nothing changes while somebody types.',
    fix: "Install it, `npm install @storyblok/preview-bridge`, or choose `preview: { bridge: 'cdn' }`.",
  },
  'official-sdk-beside': {
    severity: 'note',
    why: 'What still reads Storyblok through it is not guarded: which token is used, and where it goes, is that code’s business.',
    fix: 'Remove it once nothing imports it.',
  },
  'telemetry-unscrubbed': {
    severity: 'warning',
    why: 'Storyblok takes tokens in the address only, so whatever records requests records tokens.',
    fix: 'Use `scrubbingSpanProcessor()` or `sentryHooks()` of @keyblok/core/telemetry: docs/reading.md.',
  },
}
