import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createLocalSpace } from '@keyblok/space'
import type { StoryInput } from '@keyblok/space'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { ensureBrowser } from '../../e2e/src/support/ensure-browser.ts'
import { build as buildSite, startProduction } from '../../scripts/lib/playground.ts'
import type { Framework, RunningSite, SiteEnvironment } from '../../scripts/lib/playground.ts'
import { middleOf, remark, summarize } from './figure.ts'
import type { Figure } from './figure.ts'
import { LivePage, withEditor } from './live-page.ts'
import type { Edit, LiveStory } from './live-page.ts'
import type { BenchOptions } from './run.ts'
import { tokens } from './tokens.ts'

/** How many bloks the pages have. */
const sizes = { small: 5, medium: 50, large: 500, huge: 2000 } as const

/** How far away the API is, in milliseconds. */
const latency = 20

const copies = fileURLToPath(new URL('../.fixtures', import.meta.url))

/** What the measurements work with. */
interface Bench {
  browser: Browser
  editor: string
  sites: Record<string, RunningSite>
  folder: string
  quick: boolean
  story(size: number): Promise<LiveStory>
}

/**
 * Live editing in a real browser, from the editor's message to the change of the page, side by side with Storyblok's own
 * packages; and what of it visitors get. The editor and the sites are different sites.
 */
export default async function preview({ quick }: BenchOptions): Promise<Figure[]> {
  const space = createLocalSpace({ tokens, latency })
  space.addStories(Object.values(sizes).map(makeStory))
  const { url: apiOrigin } = await space.listen()
  mkdirSync(copies, { recursive: true })
  const folder = mkdtempSync(join(copies, 'live-'))
  const servers: RunningSite[] = []
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    cpSync(fileURLToPath(new URL('../sites/live', import.meta.url)), folder, { recursive: true })
    makePlainApp(folder)
    const env: SiteEnvironment = {
      STORYBLOK_API_URL: apiOrigin,
      STORYBLOK_SPACE_ID: String(space.id),
      STORYBLOK_PUBLIC_TOKEN: tokens.public,
      STORYBLOK_PREVIEW_TOKEN: tokens.preview,
    }
    const sites: Record<string, RunningSite> = {}
    for (const name of [
      'astro-keyblok',
      'astro-official',
      'sveltekit-keyblok',
      'sveltekit-official',
      'sveltekit-plain',
    ]) {
      const site = await start(name, join(folder, name), env)
      servers.push(site)
      sites[name] = site
    }
    const story = async (size: number): Promise<LiveStory> => {
      const query = new URLSearchParams({ version: 'draft', token: tokens.preview })
      const answer = await fetch(`${apiOrigin}/v2/cdn/stories/page-${size}?${query}`)
      const { story: draft } = (await answer.json()) as { story: LiveStory }
      return { ...draft, space: space.id }
    }
    return await withEditor(async (editor) => {
      const bench: Bench = { browser, editor, sites, folder, quick, story }
      return [
        ...(await speedFigures(bench, 'sveltekit', 'small', sizes.small)),
        ...(await speedFigures(bench, 'sveltekit', '500', sizes.large)),
        ...(await speedFigures(bench, 'sveltekit', '2000', sizes.huge)),
        ...(await speedFigures(bench, 'astro', '50', sizes.medium)),
        ...(await speedFigures(bench, 'astro', '500', sizes.large)),
        ...(await burstFigures(bench)),
        ...(await scriptFigures()),
        await astroVisitor(bench),
        await kitVisitor(bench),
      ]
    })
  } finally {
    await browser.close()
    await Promise.all(servers.map((server) => server.stop()))
    space.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Makes an app that is the same but for `useStory`. */
function makePlainApp(folder: string): void {
  const plain = join(folder, 'sveltekit-plain')
  cpSync(join(folder, 'sveltekit-keyblok'), plain, { recursive: true })
  const page = join(plain, 'src/routes/[slug]/+page.svelte')
  const code = readFileSync(page, 'utf8')
    .replace('{ Blok, useStory }', '{ Blok }')
    .replace('  const story = useStory(() => data.story)\n', '')
    .replaceAll('story.current', 'data.story')
  if (code.includes('useStory')) throw new Error('The plain app is not plain.')
  writeFileSync(page, code)
}

function makeStory(size: number): StoryInput {
  return {
    fullSlug: `page-${size}`,
    content: {
      _uid: `p${size}`,
      component: 'page',
      rows: Array.from({ length: size }, (_, index) => ({
        _uid: `r${index}`,
        component: 'row',
        text: `Row ${index}`,
        more: 'Chalk, rope and a long way home. '.repeat(4),
        href: `/page-${size}`,
      })),
    },
  }
}

async function start(name: string, folder: string, env: SiteEnvironment): Promise<RunningSite> {
  const framework = name.split('-')[0] as Framework
  const { exitCode, output } = await buildSite(framework, env, folder)
  if (exitCode !== 0) throw new Error(output)
  // The page is a draft, which there is none of for visitors.
  return startProduction(framework, env, { folder, path: '/favicon.ico' })
}

/** The time of single edits. Both sides take turns, so that a busy machine is busy for both. */
async function speedFigures(bench: Bench, framework: Framework, name: string, size: number): Promise<Figure[]> {
  const { browser, editor, sites, quick } = bench
  const story = await bench.story(size)
  const ours = await LivePage.open(browser, editor, sites[`${framework}-keyblok`]!.url, story)
  const theirs = await LivePage.open(browser, editor, sites[`${framework}-official`]!.url, story)
  const warmUp = 3
  const rounds = (quick ? 10 : 30) + warmUp
  const took: Record<'ours' | 'attributes' | 'theirs', number[]> = { ours: [], attributes: [], theirs: [] }
  let theirAttributes = 0
  for (let round = 0; round < rounds; round++) {
    const measure = async (page: LivePage, edit: Edit, side: keyof typeof took): Promise<void> => {
      const time = await page.edit(edit)
      if (time === undefined) throw new Error(`${framework}-${name}: an edit of ${side} did not show.`)
      if (round >= warmUp) took[side].push(time)
    }
    await measure(ours, 'text', 'ours')
    await measure(theirs, 'text', 'theirs')
    await measure(ours, 'href', 'attributes')
  }
  if ((await theirs.edit('href')) !== undefined) theirAttributes = 1
  await Promise.all([ours.close(), theirs.close()])
  const sides = { ours: middleOf(took.ours), theirs: middleOf(took.theirs) }
  const figure = `preview.${framework}-${name}`
  return [
    summarize(`${figure}.p50-ms`, 'ms', [...took.ours, ...took.attributes], sides),
    remark(summarize(`${figure}.vs-official`, 'ratio', [sides.ours / sides.theirs])),
    remark(summarize(`${figure}.attribute-edits-shown`, 'count', [1], { ours: 1, theirs: theirAttributes })),
  ]
}

/** Twenty keystrokes in a second: how many requests they take, and whether any run at the same time. */
async function burstFigures({ browser, editor, sites, story }: Bench): Promise<Figure[]> {
  const page = await LivePage.open(browser, editor, sites['astro-keyblok']!.url, await story(sizes.medium))
  const runs: number[] = []
  let overlapping = 0
  for (let round = 0; round < 3; round++) {
    const before = page.requests.length
    await page.burst(20, 50)
    const requests = page.requests.slice(before)
    runs.push(requests.length)
    overlapping += requests.filter(({ started }, index) => started < (requests[index - 1]?.ended ?? 0)).length
  }
  await page.close()
  return [
    summarize('preview.burst-20.requests', 'count', runs),
    remark(summarize('preview.burst-20.overlapping', 'count', [overlapping])),
  ]
}

/** Our own scripts of an editor's page, without the bridge, idiomorph and what is loaded when it is needed. */
async function scriptFigures(): Promise<Figure[]> {
  const astro = await scriptBytes('@keyblok/astro', 'dist/live/editor.js')
  const kit = await scriptBytes('@keyblok/sveltekit', 'dist/live/editor.js')
  return [
    summarize('preview.script.gzip-bytes', 'bytes', [Math.max(astro, kit)]),
    remark(summarize('preview.script-astro.gzip-bytes', 'bytes', [astro])),
    remark(summarize('preview.script-sveltekit.gzip-bytes', 'bytes', [kit])),
  ]
}

async function scriptBytes(name: string, path: string): Promise<number> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  const { outputFiles } = await build({
    entryPoints: [join(folder, path)],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    outdir: '/out',
    write: false,
    // What visitors' pages have too, or what is somebody else's.
    external: ['idiomorph', 'virtual:*', 'devalue', 'svelte*', '$app/*'],
    plugins: [{ name: 'core', setup: ({ onResolve }) => onResolve({ filter: /^@keyblok\/core$/ }, external) }],
  })
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    for (const [, next = ''] of textOf(file).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(`/out/${next}`)
  }
  const textOf = (file: string): string => outputFiles.find((output) => output.path === file)?.text ?? ''
  visit('/out/editor.js')
  return gzipSync([...found].map(textOf).join('\n'), { level: 9 }).length
}

const external = ({ path }: { path: string }): { path: string; external: true } => ({ path, external: true })

/** The script that a visitor's page of Astro has. */
async function astroVisitor({ sites }: Bench): Promise<Figure> {
  const { url } = sites['astro-keyblok']!
  const html = await (await fetch(`${url}/page-${sizes.small}`)).text()
  const scripts = [...html.matchAll(/<script\b[^>]*>[^]*?<\/script>/g)].map(([script]) => script)
  if (!html.includes('Row 4')) throw new Error('The page does not show its story.')
  return summarize('preview.visitor-astro.js-bytes', 'bytes', [Buffer.byteLength(scripts.join(''))])
}

/** What live stories cost the visitors of a SvelteKit app: the same app with `useStory` and without. */
async function kitVisitor({ folder, sites }: Bench): Promise<Figure> {
  const html = await (await fetch(`${sites['sveltekit-keyblok']!.url}/page-${sizes.small}`)).text()
  if (html.includes('keyblok-editor')) throw new Error('A visitor’s page names the script of editors.')
  const bytes = ['sveltekit-keyblok', 'sveltekit-plain'].map((name) => visitorBytes(join(folder, name)))
  return summarize('preview.visitor-sveltekit.gzip-bytes', 'bytes', [bytes[0]! - bytes[1]!])
}

/** The scripts of a page and of what it imports at once, packed. */
function visitorBytes(folder: string): number {
  const root = join(folder, 'build/client/_app/immutable')
  const entries = ['entry/start', 'entry/app', 'nodes/0', 'nodes/1', 'nodes/2']
  const files = readdirSync(root, { recursive: true }).map(String)
  const seen = new Map<string, number>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    const code = readFileSync(join(root, file), 'utf8')
    seen.set(file, gzipSync(code).length)
    for (const [, path = ''] of code.matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g)) visit(join(dirname(file), path))
  }
  for (const file of files)
    if (entries.some((entry) => file.startsWith(`${entry}.`)) && file.endsWith('.js')) visit(file)
  return [...seen.values()].reduce((sum, bytes) => sum + bytes, 0)
}
