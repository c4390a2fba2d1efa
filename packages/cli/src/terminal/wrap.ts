/** How wide lines are: a terminal's width within reason; where nobody reads along, they are not broken. */
export function lineWidth(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> = process.stdout): number {
  return stream.isTTY ? Math.max(40, Math.min(stream.columns ?? 80, 100)) : Number.POSITIVE_INFINITY
}

/**
 * Breaks a text at spaces. A word that is longer than a line keeps to itself.
 *
 * @param indent - What each line begins with.
 * @param first - What the first line begins with instead, of the same length.
 */
export function wrap(text: string, width: number, indent: string, first: string = indent): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((part, index) => `${index === 0 ? first : indent}${part}`)
}
