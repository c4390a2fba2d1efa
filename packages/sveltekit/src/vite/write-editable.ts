const spread = '{...editable('
const imported = /import\s*\{[^}]*\beditable\b(?!\s+as\b)[^}]*\}\s*from\s*['"]@keyblok\/sveltekit\/stories['"]/

/**
 * Writes `{...editable(blok)}` as the two attributes that it gives. For attributes that it does not know beforehand,
 * Svelte sends every page the code of all that an attribute can be; for these it has nothing to send.
 *
 * @param code - A component's source.
 * @returns The source with its lines where they were; `undefined` when there is nothing to write.
 */
export function writeEditable(code: string): string | undefined {
  if (!code.includes(spread) || !imported.test(code)) return undefined
  let written = ''
  let rest = 0
  for (let start = code.indexOf(spread); start !== -1; start = code.indexOf(spread, rest)) {
    const end = endOfCall(code, start + spread.length)
    const close = end === undefined ? null : /^\s*\}/.exec(code.slice(end))
    if (end === undefined || !close) return undefined
    const call = code.slice(start + '{...'.length, end)
    written += `${code.slice(rest, start)}${attribute('data-blok-c', call)} ${attribute('data-blok-uid', call)}`
    rest = end + close[0].length
  }
  return written + code.slice(rest)
}

function attribute(name: string, call: string): string {
  // On one line each, so that what follows stays on its own.
  return `${name}={${call.replaceAll(/\s*\n\s*/g, ' ')}['${name}']}`
}

/** Finds where the arguments of a call end; strings in it are passed over. */
function endOfCall(code: string, start: number): number | undefined {
  let depth = 1
  for (let index = start; index < code.length; index++) {
    const character = code[index] ?? ''
    if (`'"\``.includes(character)) {
      const close = code.indexOf(character, index + 1)
      if (close === -1) return undefined
      index = close
    } else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character) && --depth === 0) return index + 1
  }
  return undefined
}
