const format = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Writes a date field (`2026-01-31 08:00`, in UTC) for readers. */
export function formatDate(value: string | null | undefined): string {
  const date = new Date(`${(value ?? '').replace(' ', 'T')}Z`)
  return Number.isNaN(date.getTime()) ? '' : format.format(date)
}
