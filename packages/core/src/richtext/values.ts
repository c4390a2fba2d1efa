// What a wire value is worth: the value where it can be shown as it is, else `undefined`.

/** Attributes as they are delivered. */
export type Wire = Readonly<Record<string, unknown>>

/** Takes anything for attributes; what is none has none. */
export function wireOf(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {}
}

/** Gives a text that is not empty, without what neither HTML nor XML can hold: control characters and half characters. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const text = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '').toWellFormed()
  return text === '' ? undefined : text
}

/** Gives a whole number from 1 on. */
export function countOf(value: unknown, most: number): number | undefined {
  const count = typeof value === 'string' ? Number(value) : value
  return Number.isInteger(count) && Number(count) >= 1 && Number(count) <= most ? Number(count) : undefined
}

export function choiceOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value)
}

const color =
  /^(#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,20}|(rgb|hsl)a?\([\da-z\s.,%/+-]{1,60}\)|(hwb|(ok)?(lab|lch))\([\da-z\s.,%/+-]{1,60}\))$/i

/** Gives a colour of CSS: by name, in hexadecimal digits, or by a function of numbers. */
export function colorOf(value: unknown): string | undefined {
  return typeof value === 'string' && color.test(value.trim()) ? value.trim() : undefined
}

const className = /^-?[\p{L}_][\p{L}\p{N}_-]*$/u

/** Gives the names among classes. */
export function classOf(value: unknown): string | undefined {
  const names = typeof value === 'string' ? value.split(/\s+/).filter((name) => className.test(name)) : []
  return names.length > 0 ? names.join(' ') : undefined
}

/** Gives an id: anything without white space. */
export function idOf(value: unknown): string | undefined {
  const id = textOf(value)
  return id === undefined || /\s/.test(id) ? undefined : id
}

/** Gives the address of an image on the web; Storyblok's own may leave out the scheme. */
export function imageUrlOf(value: unknown): string | undefined {
  const url = textOf(value)?.trim() ?? ''
  const full = /^\/\/[\w-]+\.(storyblok\.com|storyblokchina\.cn)\//i.test(url) ? `https:${url}` : url
  return /^https?:\/\//i.test(full) && URL.canParse(full) ? full : undefined
}

/** Writes declarations of CSS, without those that have no value. */
export function styleOf(declarations: Readonly<Record<string, string | undefined>>): string | undefined {
  const set = Object.entries(declarations).filter(([, value]) => value !== undefined)
  return set.length > 0 ? set.map(([property, value]) => `${property}: ${value}`).join('; ') : undefined
}
