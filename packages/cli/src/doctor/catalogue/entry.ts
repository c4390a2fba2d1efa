/** How bad it is: an error exposes something or breaks the site, a warning will, a note is good to know. */
export type Severity = 'error' | 'warning' | 'note'

/** What is the same for each finding of one kind. */
interface CatalogueEntry {
  severity: Severity
  /** Why it matters, as full sentences. */
  why: string
  /** What to do, as full sentences. */
  fix: string
}

/** Findings by their permanent names. */
export type Catalogue<Id extends string> = Readonly<Record<Id, CatalogueEntry>>
