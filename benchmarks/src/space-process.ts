// A local space in a process of its own, so that its work is not counted. Prints its address.
import { fileURLToPath } from 'node:url'
import { createLocalSpace } from '@keyblok/space'
import { tokens } from './tokens.ts'

const content = fileURLToPath(new URL('../../playgrounds/content/space', import.meta.url))
const { url } = await createLocalSpace({ content, tokens }).listen()
console.log(url)
// Ends with the benchmark, however that ends.
process.stdin.resume().once('end', () => process.exit(0))
