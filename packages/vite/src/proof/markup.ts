/**
 * Tells whether a place in a source is markup, which a server sends as it is, and not code that runs on the server.
 *
 * @param file - The source’s name, whose ending tells the language.
 * @param index - The place, in bytes.
 */
export function isMarkup(file: string, source: Buffer, index: number): boolean {
  // One byte is one character here.
  const text = source.toString('latin1')
  if (file.endsWith('.html')) return true
  if (file.endsWith('.astro')) return index >= (/^\s*---\r?\n[\s\S]*?\r?\n---/.exec(text)?.[0].length ?? 0)
  if (!/\.(svelte|vue)$/.test(file)) return false
  const scripts = [...text.matchAll(/<script\b[\s\S]*?<\/script>/g)]
  return !scripts.some(({ index: begin, 0: script }) => begin <= index && index < begin + script.length)
}
