/** Changes of one text, by places of the text as it was. */
export class TextEdits {
  readonly #text: string
  readonly #edits: { start: number; end: number; by: string }[] = []

  constructor(text: string) {
    this.#text = text
  }

  replace(start: number, end: number, by: string): void {
    this.#edits.push({ start, end, by })
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text)
  }

  /** Takes a statement away, with the line that it leaves empty and comments that belong to it on the same line. */
  removeLines(start: number, end: number): void {
    const lineStart = this.#text.lastIndexOf('\n', start - 1) + 1
    const next = this.#text.indexOf('\n', end)
    const lineEnd = next === -1 ? this.#text.length : next + 1
    const isAlone =
      /^\s*$/.test(this.#text.slice(lineStart, start)) && /^\s*;?\s*(\/\/.*)?\s*$/.test(this.#text.slice(end, lineEnd))
    if (!isAlone) return this.replace(start, end, '')
    const leavesTwo = this.#text.slice(0, lineStart).endsWith('\n\n') && this.#text.startsWith('\n', lineEnd)
    this.replace(lineStart, leavesTwo ? lineEnd + 1 : lineEnd, '')
  }

  get isEmpty(): boolean {
    return this.#edits.length === 0
  }

  /** Gives the text as it shall be. */
  toString(): string {
    const ordered = this.#edits.toSorted((a, b) => b.start - a.start || b.end - a.end)
    return ordered.reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), this.#text)
  }
}
