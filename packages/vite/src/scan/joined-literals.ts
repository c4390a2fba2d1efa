/** Literals of a script that it joins to one text. */
export interface JoinedText {
  /** What they make together, with some of what stands around. */
  bytes: Buffer
  /** Gives the position in the script of a position in the joined text. */
  toSource(index: number): number
  /** Whether the bytes from one position to another come from more than one literal. */
  isJoined(from: number, to: number): boolean
}

/** Where one literal ends and the next begins, in bytes. */
interface Join {
  from: number
  to: number
}

const quotes = ['"', "'", '`', '&quot;', '&#34;', '&#39;', '&#x27;']
/** What may stand between; in source maps and data it is written as escapes. */
const spaces = [' ', '\n', '\t', '\r', String.raw`\n`, String.raw`\t`, String.raw`\r`, '(', ')']
const operators = ['+', '.concat(']

/** The bytes that can stand right before and after an operator that joins literals. */
const mayEnd = new Set<number | undefined>([...quotes, ...spaces].map((text) => text.charCodeAt(text.length - 1)))
const mayBegin = new Set<number | undefined>([...quotes, ...spaces, '\\', '/*'].map((text) => text.charCodeAt(0)))

/**
 * Finds literals that are joined by `+` or `.concat(…)`, so that a secret is found that was split up.
 *
 * @param script - JavaScript, or whatever else holds some.
 * @param reach - How much of the first and the last literal is of interest, in bytes.
 */
export function* joinedLiterals(script: Buffer, reach: number): Generator<JoinedText> {
  let chain: Join[] = []
  for (const join of joinsIn(script)) {
    const last = chain.at(-1)
    if (last && join.from - last.to > reach) {
      yield joinedText(script, chain, reach)
      chain = []
    }
    chain.push(join)
  }
  if (chain.length > 0) yield joinedText(script, chain, reach)
}

function joinsIn(script: Buffer): Join[] {
  const joins: Join[] = []
  for (const operator of operators) {
    for (let index = script.indexOf(operator); index !== -1; index = script.indexOf(operator, index + 1)) {
      const join = joinAt(script, index, index + operator.length)
      if (join) joins.push(join)
    }
  }
  return joins.toSorted((a, b) => a.from - b.from)
}

function joinAt(script: Buffer, from: number, to: number): Join | undefined {
  // Most operators join no literals; Base64 is full of the one.
  if (!mayEnd.has(script[from - 1]) || !mayBegin.has(script[to])) return undefined
  const left = skipBack(script, from, spaces)
  const opening = endsWithAny(script, left, quotes)
  if (opening === 0) return undefined
  const right = skip(script, skip(script, skipComment(script, skip(script, to, spaces)), spaces), ['\\'])
  const closing = startsWithAny(script, right, quotes)
  if (closing === 0) return undefined
  return { from: skipBack(script, left - opening, ['\\']), to: right + closing }
}

function skipComment(script: Buffer, from: number): number {
  if (!standsAt(script, from, '/*')) return from
  const end = script.indexOf('*/', from)
  return end === -1 ? from : end + 2
}

function joinedText(script: Buffer, joins: readonly Join[], reach: number): JoinedText {
  const parts = [...joins, undefined].map((join, index) => {
    const before = joins[index - 1]
    const from = before ? before.to : Math.max(0, (joins[0] as Join).from - reach)
    return { from, to: join ? join.from : Math.min(script.length, (before as Join).to + reach) }
  })
  const starts: number[] = []
  let length = 0
  for (const { from, to } of parts) {
    starts.push(length)
    length += to - from
  }
  const partOf = (index: number): number => starts.findLastIndex((start) => start <= index)
  return {
    bytes: Buffer.concat(parts.map(({ from, to }) => script.subarray(from, to))),
    toSource: (index) => (parts[partOf(index)]?.from ?? 0) + index - (starts[partOf(index)] ?? 0),
    isJoined: (from, to) => partOf(from) !== partOf(to - 1),
  }
}

function startsWithAny(bytes: Buffer, index: number, texts: readonly string[]): number {
  return texts.find((text) => standsAt(bytes, index, text))?.length ?? 0
}

function endsWithAny(bytes: Buffer, index: number, texts: readonly string[]): number {
  return texts.find((text) => standsAt(bytes, index - text.length, text))?.length ?? 0
}

function standsAt(bytes: Buffer, index: number, text: string): boolean {
  for (let offset = 0; offset < text.length; offset++) {
    if (bytes[index + offset] !== text.charCodeAt(offset)) return false
  }
  return true
}

function skip(bytes: Buffer, from: number, texts: readonly string[]): number {
  let index = from
  for (let length = 1; length > 0; index += length) length = startsWithAny(bytes, index, texts)
  return index
}

function skipBack(bytes: Buffer, from: number, texts: readonly string[]): number {
  let index = from
  for (let length = 1; length > 0; index -= length) length = endsWithAny(bytes, index, texts)
  return index
}
