/** Writes a number as people read it. */
export function count(number: number): string {
  return number.toLocaleString('en')
}

/** Writes a number with its noun, such as `1 asset` or `12 assets`. */
export function counted(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`
}

/** Says how long requests will take; nothing where nothing limits them. */
export function about(requests: number, perSecond: number): string {
  const seconds = requests / perSecond
  if (seconds < 5) return ''
  const [amount, unit] = seconds < 90 ? [Math.ceil(seconds), 'seconds'] : [Math.round(seconds / 60), 'minutes']
  return `, about ${amount} ${unit} to go`
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** Writes a length in bytes. */
export function size(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${Math.round(bytes / 1000 ** power)} ${units[power]}`
}
