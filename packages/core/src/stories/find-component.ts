/** What shows a blok. */
export interface FoundComponent<Entry> {
  /** The map's entry, if there is one. */
  entry?: Entry
  /** What to tell an editor in the place of a blok that cannot be shown. */
  notice?: string
}

/**
 * Finds the component of a blok. One that is missing is told to editors on the page; on a published page nothing shows,
 * and the log gets one line for each name.
 *
 * @param map - The site's map; `null` says that a blok is never shown.
 * @param blok - The blok, whatever it is.
 * @param isDraft - Tells whether the page shows drafts, where the blok has no mark that says so.
 */
export function findComponent<Entry>(
  map: Readonly<Record<string, Entry | null | undefined>>,
  blok: unknown,
  isDraft?: () => boolean,
): FoundComponent<Entry> {
  const { component: name, _editable: mark } = (blok ?? {}) as { component?: unknown; _editable?: unknown }
  const isNamed = typeof name === 'string' && name !== ''
  const entry = isNamed && Object.hasOwn(map, name) ? map[name] : undefined
  if (entry !== undefined) return entry === null ? {} : { entry }
  const notice = isNamed
    ? `No component is mapped to the blok “${name}”.`
    : `A blok has no component’s name: ${describe(blok)}.`
  if (mark !== undefined || isDraft?.()) return { notice }
  warnOnce(notice)
  return {}
}

function describe(blok: unknown): string {
  if (blok === null) return 'it is null'
  return typeof blok === 'object' ? 'it is an object without one' : `it is of the type ${typeof blok}`
}

const told = new Set<string>()

/** A site with a blok that is not mapped shows it on every page, to every visitor. */
function warnOnce(notice: string): void {
  if (told.has(notice)) return
  told.add(notice)
  console.warn(`[keyblok] ${notice}`)
}
