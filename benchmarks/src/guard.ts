import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { collectSecrets } from '@keyblok/core/guard'
import { listFiles, searchFiles, SecretSearch } from '@keyblok/vite/files'
import autocannon from 'autocannon'
import { catchLeaks, corpus, passTwins } from '../../e2e/src/corpus/catch-leaks.ts'
import { findFreePort, startNode, waitForUrl } from '../../scripts/lib/processes.ts'
import { summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { measureNode } from './measure-node.ts'

const sites = fileURLToPath(new URL('../sites', import.meta.url))

/** Obvious fakes: six secrets, as a site with two spaces has. */
const environment: Record<string, string> = {
  STORYBLOK_PUBLIC_TOKEN: 'fakePUBLICfakePUBLIC11tt',
  STORYBLOK_PREVIEW_TOKEN: 'fakePREVIEWfakePREVIEWtt',
  STORYBLOK_ASSET_TOKEN: 'fakeASSETfakeASSETfakett',
  STORYBLOK_WEBHOOK_SECRET: 'fakeWEBHOOKfakeWEBHOOKfake',
  STORYBLOK_DOCS_PUBLIC_TOKEN: 'fakeDOCSfakeDOCSPUBLIC1tt',
  STORYBLOK_DOCS_PREVIEW_TOKEN: 'fakeDOCSfakeDOCSPREVIEWtt',
}

/** What the guard costs, and what it misses. */
export default async function guard(): Promise<Figure[]> {
  return [
    await scanFigure(),
    await worst(buildFigure),
    await worst(responseFigure),
    await worst(devStartFigure),
    await corpusFigure(),
  ]
}

/** The time to search 200 MB, as builds write it: scripts, source maps, pages, data, pictures and packed copies. */
async function scanFigure(): Promise<Figure> {
  const folder = writeOutput()
  const search = new SecretSearch({ secrets: collectSecrets((name) => environment[name], Object.keys(environment)) })
  const runs: number[] = []
  try {
    for (let round = 0; round < 7; round++) {
      const start = performance.now()
      const { findings } = await searchFiles(listFiles([folder]), search)
      runs.push(performance.now() - start)
      if (findings.length > 0) throw new Error('The output holds no token, and one was found.')
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return summarize('guard.scan-200mb.ms', 'ms', runs)
}

function writeOutput(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-bench-'))
  const write = (name: string, size: number, content: string | Buffer): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), Buffer.alloc(size, content))
  }
  const script =
    'function a(t,n){return t+"px"+n}const b={storyblok:["x","y"],id:"0a1b2c3d4e5f"};export{a as default,b};console.log("a"+"b"+a(1,2));'
  const page =
    '<p class="lead">Chalk, rope and a long way home.</p><img alt="" src="https://a.storyblok.com/f/100001/1200x800/0a1b2c3d4e/fox.jpg/m/400x0">'
  const map = JSON.stringify({ sourcesContent: [script.repeat(3)], mappings: 'AAAA,SAASA,EAAEC,EAAEC' })
  const picture = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 2_654_435_761) >>> 24))
  for (let index = 0; index < 200; index++) write(`_astro/chunk-${index}.js`, 200_000, script)
  for (let index = 0; index < 100; index++) write(`_astro/chunk-${index}.js.map`, 300_000, map)
  for (let index = 0; index < 1500; index++) write(`page-${index}/index.html`, 40_000, page)
  for (let index = 0; index < 600; index++) write(`page-${index}/__data.json`, 50_000, JSON.stringify([page, page]))
  for (let index = 0; index < 100; index++) write(`img/${index}.webp`, 300_000, picture)
  for (let index = 0; index < 200; index++) {
    writeFileSync(join(folder, `_astro/chunk-${index}.js.gz`), gzipSync(Buffer.alloc(50_000, script)))
  }
  return folder
}

interface Framework {
  folder: string
  /** Its command’s package and file. */
  command: [packageName: string, file: string]
  /** The server that a build writes. */
  server: string
}

const frameworks: readonly Framework[] = [
  { folder: join(sites, 'astro'), command: ['astro', 'bin/astro.mjs'], server: 'dist/server/entry.mjs' },
  { folder: join(sites, 'sveltekit'), command: ['vite', 'bin/vite.js'], server: 'build/index.js' },
]

/** Gives the figure of the framework where it is worse. */
async function worst(measure: (framework: Framework) => Promise<Figure>): Promise<Figure> {
  const figures: Figure[] = []
  for (const framework of frameworks) figures.push(await measure(framework))
  return figures.toSorted((a, b) => b.value - a.value)[0] as Figure
}

/** How much longer a build of 1,000 pages takes. */
function buildFigure(framework: Framework): Promise<Figure> {
  return pairs('guard.build.overhead', 9, (guarded) => timeBuild(framework, guarded))
}

/** Measures both sides in turns, the one or the other first, and gives how much larger the guarded one is. */
async function pairs(name: string, rounds: number, measure: (guarded: boolean) => Promise<number>): Promise<Figure> {
  await measure(true)
  await measure(false)
  const runs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const guardedFirst = round % 2 === 0
    const first = await measure(guardedFirst)
    const second = await measure(!guardedFirst)
    runs.push((guardedFirst ? first / second : second / first) - 1)
  }
  return summarize(name, 'ratio', runs)
}

/** Builds a site; gives what it took of all processors, in milliseconds. */
async function timeBuild({ folder, command }: Framework, guarded: boolean): Promise<number> {
  const env = environmentOf({ BENCH_GUARD: guarded ? '1' : '0' })
  const { cpu } = await measureNode([commandFile(folder, command), 'build'], { cwd: folder, env })
  return cpu
}

/** How many fewer requests a second a page of 50 kB is answered with, when each answer is guarded. */
async function responseFigure(framework: Framework): Promise<Figure> {
  const servers = [await startServer(framework, true), await startServer(framework, false)] as const
  try {
    // Time for a request is what grows.
    return await pairs(
      'guard.response.overhead',
      9,
      async (guarded) => 1 / (await requestsPerSecond(servers[guarded ? 0 : 1].url)),
    )
  } finally {
    await Promise.all(servers.map(({ stop }) => stop()))
  }
}

async function startServer(
  { folder, command, server }: Framework,
  guarded: boolean,
): Promise<{ url: string; stop(): Promise<void> }> {
  // Builds take turns in one folder, so each server runs in a copy of what was built.
  const built = startNode([commandFile(folder, command), 'build'], {
    cwd: folder,
    env: environmentOf({ BENCH_RESPONSES: guarded ? '1' : '0' }),
  })
  if ((await built.ended) !== 0) throw new Error(built.output())
  const output = server.split('/')[0] as string
  const copy = join(folder, `.${output}-${guarded ? 'guarded' : 'plain'}`)
  rmSync(copy, { recursive: true, force: true })
  cpSync(join(folder, output), copy, { recursive: true })
  const port = await findFreePort()
  const env = environmentOf({ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port) })
  const running = startNode([join(copy, server.slice(output.length + 1))], { cwd: folder, env })
  const url = `http://127.0.0.1:${port}/on-demand`
  await waitForUrl(url, running)
  return {
    url,
    async stop() {
      await running.stop()
      rmSync(copy, { recursive: true, force: true })
    },
  }
}

async function requestsPerSecond(url: string): Promise<number> {
  const { requests, non2xx } = await autocannon({ url, connections: 8, duration: 1 })
  if (non2xx > 0) throw new Error(`${url} did not answer each request.`)
  return requests.average
}

/** How much more a dev server takes of the processors until it listens, in milliseconds. */
async function devStartFigure({ folder }: Framework): Promise<Figure> {
  const args = ['--input-type=module', '--eval', startDev, folder.endsWith('astro') ? 'astro' : 'vite']
  const measure = async (guarded: boolean): Promise<number> => {
    const env = environmentOf({ BENCH_GUARD: guarded ? '1' : '0' })
    const { cpu } = await measureNode(args, { cwd: folder, env })
    return cpu
  }
  await measure(true)
  await measure(false)
  const added: number[] = []
  for (let round = 0; round < 15; round++) added.push((await measure(true)) - (await measure(false)))
  return summarize('guard.dev-start.ms', 'ms', added)
}

const startDev = `
  const options = { server: { host: '127.0.0.1' }, logLevel: 'silent' }
  if (process.argv[1] === 'astro') {
    const { dev } = await import('astro')
    await dev({ ...options, root: process.cwd() })
  } else {
    const { createServer } = await import('vite')
    await (await createServer(options)).listen(0)
  }
  process.exit()`

/** How many ways to leak go unnoticed, and how many sites without one are accused. */
async function corpusFigure(): Promise<Figure> {
  let missed = 0
  for (const framework of Object.keys(corpus) as (keyof typeof corpus)[]) {
    const outcomes = [...(await catchLeaks(framework)).values()]
    missed += outcomes.filter(({ caught }) => !caught).length
    const { exitCode, dev } = await passTwins(framework)
    if (exitCode !== 0 || dev.includes('KB_TOKEN_LEAKED')) missed++
  }
  return summarize('guard.corpus.missed', 'count', [missed])
}

function commandFile(folder: string, [packageName, file]: Framework['command']): string {
  return join(dirname(createRequire(join(folder, 'package.json')).resolve(`${packageName}/package.json`)), file)
}

function environmentOf(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ASTRO_DEV_BACKGROUND: '0', ...environment, ...more }
}
