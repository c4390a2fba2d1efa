import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Delivery, Secret } from '@keyblok/core/server'
import type { Access } from '@keyblok/core/server'
import { build } from 'esbuild'
import StoryblokClient from 'storyblok-js-client'
import { summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { tokens } from './tokens.ts'

const slug = 'articles/the-quiet-season'
const rounds = 11
const readsPerRound = 1500

/** The core's figures. The sides of a ratio take turns, so that a busy machine is busy for all of them. */
export default async function core(): Promise<Figure[]> {
  return [...(await readFigures()), ...(await sizeFigures())]
}

type Read = () => Promise<unknown>

async function readFigures(): Promise<Figure[]> {
  const space = spawn(process.execPath, [fileURLToPath(new URL('./space-process.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    const [chunk] = (await once(space.stdout, 'data')) as [Buffer]
    const sides = readers(chunk.toString().trim())
    for (const read of Object.values(sides)) await cpuOf(read)
    const runs: Record<string, number[]> = { 'core.read.cpu-vs-fetch': [], 'core.read.cpu-vs-js-client': [] }
    for (let round = 0; round < rounds; round++) {
      const bare = await cpuOf(sides.fetch)
      const ours = await cpuOf(sides.keyblok)
      const client = await cpuOf(sides.jsClient)
      runs['core.read.cpu-vs-fetch']?.push(ours / bare)
      runs['core.read.cpu-vs-js-client']?.push(ours / client)
    }
    return Object.entries(runs).map(([figure, values]) => summarize(figure, 'ratio', values))
  } finally {
    space.stdin.end()
  }
}

/** One draft story, read in three ways; drafts are cached by none of them. */
function readers(apiOrigin: string): { fetch: Read; keyblok: Read; jsClient: Read } {
  const delivery = new Delivery({ apiOrigin })
  const access: Access = { version: 'draft', token: new Secret(tokens.preview, 'preview'), reason: '' }
  const client = new StoryblokClient({
    accessToken: tokens.preview,
    endpoint: `${apiOrigin}/v2`,
    rateLimit: 100_000,
    cache: { type: 'none' },
  })
  const url = `${apiOrigin}/v2/cdn/stories/${slug}?version=draft&token=${tokens.preview}`
  return {
    fetch: async () => (await fetch(url)).json(),
    keyblok: () => delivery.story(access, { slug }),
    jsClient: () => client.get(`cdn/stories/${slug}`, { version: 'draft' }),
  }
}

/** The CPU time of some reads, in microseconds. */
async function cpuOf(read: Read): Promise<number> {
  const start = process.cpuUsage()
  for (let index = 0; index < readsPerRound; index++) await read()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** What a bundler makes of an entry, minified and compressed, on a platform with a global fetch. */
async function sizeFigures(): Promise<Figure[]> {
  const entries = {
    'core.define-stories.gzip-bytes': "export { defineStories } from '@keyblok/core'",
    'core.server.gzip-bytes': "export * from '@keyblok/core/server'",
  }
  return Promise.all(
    Object.entries(entries).map(async ([figure, contents]) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        conditions: ['workerd'],
      })
      return summarize(figure, 'bytes', [gzipSync(outputFiles[0]!.contents).length])
    }),
  )
}
