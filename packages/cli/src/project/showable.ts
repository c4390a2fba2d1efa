import { printable } from '../terminal/printable.js'

/** Storyblok's delivery tokens of the older form, and personal access tokens. */
const tokens = /(?<![A-Za-z0-9])[A-Za-z0-9]{22}tt(?![A-Za-z0-9])|sb_pat_[\w-]+/g

/** What stands in the place of a secret. */
export const hidden = '•••'

/** Makes what a file holds safe to show: nothing that looks like a token, and nothing that controls a terminal. */
export function showable(text: string): string {
  return text
    .replaceAll(tokens, hidden)
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(printable).join('\t'))
    .join('\n')
}
