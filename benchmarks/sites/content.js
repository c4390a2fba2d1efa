/** How many pages the sites have. */
export const pageCount = 1000

const sentence = 'Chalk, rope and a long way home. '

/** The paragraphs of a page of about a size, in bytes. */
export function paragraphsOf(page, size) {
  const length = 230
  return Array.from({ length: Math.ceil(size / length) }, (_, index) => `${page}.${index} ${sentence.repeat(6)}`)
}
