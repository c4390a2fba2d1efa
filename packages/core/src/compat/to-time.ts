/** Parses a time as Storyblok's parameters have it, such as `2026-01-31 08:00`. */
export function toTime(written: string): Date {
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(written)
  return new Date(`${written.replace(' ', 'T')}${hasZone || !written.includes(':') ? '' : 'Z'}`)
}
