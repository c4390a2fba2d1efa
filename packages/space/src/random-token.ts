import { randomInt } from 'node:crypto'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Makes a token of Storyblok's usual shape: 22 characters and `tt`. */
export function randomToken(): string {
  return `${Array.from({ length: 22 }, () => base62[randomInt(base62.length)]).join('')}tt`
}
