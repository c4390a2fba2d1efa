import type { Severity } from './finding.js'

/** The permanent name of a finding. */
export type FindingId = 'token-committed' | 'looks-like-token' | 'content-misfit'

interface CatalogueEntry {
  severity: Severity
  /** Why it matters, as full sentences. */
  why: string
  /** What to do, as full sentences. */
  fix: string
}

/** All that the doctor can find. Each has a heading in docs/guides/doctor.md. */
export const findings: Readonly<Record<FindingId, CatalogueEntry>> = {
  'token-committed': {
    severity: 'error',
    why: 'Whoever has the repository, or ever had it, has the token; deleting the line does not take it back.',
    fix: 'Replace it: `npx keyblok tokens rotate` for a preview token, `npx keyblok pat` for a personal access token.',
  },
  'looks-like-token': {
    severity: 'warning',
    why: 'If it is one, whoever has the repository has it.',
    fix: 'Replace the token if it is one. What only looks like one, as in documentation, is left out by `--ignore "docs/**"`.',
  },
  'content-misfit': {
    severity: 'error',
    why: 'Generated types promise what the components say; a page that relies on it fails on this story.',
    fix: 'Correct the story in Storyblok, or the component’s fields, and pull the components again.',
  },
}
