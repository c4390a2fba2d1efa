// node --expose-gc memory-process.ts API_ORIGIN
// Prints the share that lives at once of a set that is consumed one by one.
import { defineSpace, defineStories } from '@keyblok/core'
import { createReader } from './clients.ts'

const reader = createReader(process.argv[2] ?? '', { rateLimit: false, memoryCacheBytes: 0 })
const source = defineStories(defineSpace())

function alive(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

// Warm, so that what is loaded once does not count.
await reader.stories(source)
const before = alive()
let peak = 0
let count = 0
for await (const _story of reader.each(source)) {
  if (count++ % 100 === 0) peak = Math.max(peak, alive() - before)
}
const start = alive()
const stories = await reader.all(source)
const whole = alive() - start
console.log(stories.length === count ? peak / whole : Number.NaN)
