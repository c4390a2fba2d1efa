const longest = 80

/** Gives headings ids made of their text, each once in a document. */
export class HeadingIds {
  readonly #used: Set<string>
  /** The number that an id was given last. */
  readonly #numbers = new Map<string, number>()

  /** @param used - The ids that editors gave; links may point to them, so headings do not take them. */
  constructor(used: Iterable<string>) {
    this.#used = new Set(used)
  }

  /** Gives the id of a heading; `undefined` where its text has no letter and no digit. */
  idOf(text: string): string | undefined {
    const slug = slugOf(text)
    if (slug === '') return undefined
    let id = slug
    let number = this.#numbers.get(slug) ?? 1
    while (this.#used.has(id)) id = `${slug}-${++number}`
    this.#numbers.set(slug, number)
    this.#used.add(id)
    return id
  }
}

/** Letters and digits of any script, in lower case, with hyphens between. */
function slugOf(text: string): string {
  const words = text
    .slice(0, longest * 2)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-/, '')
  return (/^.{1,80}/u.exec(words)?.[0] ?? '').replace(/-$/, '')
}
