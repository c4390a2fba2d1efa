/** One assignment of an environment file: its place, and whether it is exported. */
const assignment = (name: string): RegExp =>
  new RegExp(
    String.raw`^([ \t]*(?:export[ \t]+)?${name}[ \t]*=)[ \t]*(?:"(?:[^"\\]|\\[^])*"|'[^']*'|` +
      '`[^`]*`' +
      String.raw`|[^\r\n]*)`,
    'gm',
  )

/**
 * Sets variables in the text of an environment file, and leaves every other line as it is.
 *
 * @param text - The file's text; empty for a new one.
 * @param values - The variables; one that is `undefined` is removed.
 */
export function setInEnvText(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values).reduce((changed, [name, value]) => setOne(changed, name, value), text)
}

function setOne(text: string, name: string, value: string | undefined): string {
  const found = [...text.matchAll(assignment(name))]
  const last = found.at(-1)
  if (value === undefined)
    return last ? text.replaceAll(new RegExp(`${assignment(name).source}(?:\\r?\\n)?`, 'gm'), '') : text
  const written = quote(value)
  if (!last) {
    const newline = text.includes('\r\n') ? '\r\n' : '\n'
    const separator = text === '' || text.endsWith('\n') ? '' : newline
    return `${text}${separator}${name}=${written}${newline}`
  }
  // Of several assignments the last one counts, so all say the same.
  return text.replaceAll(assignment(name), (_, start: string) => `${start}${written}`)
}

/** Tokens need no quotes; what does is quoted so that all readers of such files take it alike. */
function quote(value: string): string {
  if (/^[\w:,./+-]*$/.test(value)) return value
  return value.includes("'") ? `"${value.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"` : `'${value}'`
}
