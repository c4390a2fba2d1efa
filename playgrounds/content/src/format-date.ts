/** Writes a date field (`2026-01-31 08:00`, in UTC) for readers of a language. */
export function formatDate(value: string | null | undefined, language = 'en'): string {
  const date = new Date(`${(value ?? '').replace(' ', 'T')}Z`)
  if (Number.isNaN(date.getTime())) return ''
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    date,
  )
}
