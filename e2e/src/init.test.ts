import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build, cleanEnvironment, startDev, startPreview, startProduction } from '../../scripts/lib/playground.ts'
import type { Framework } from '../../scripts/lib/playground.ts'
import { startNode } from '../../scripts/lib/processes.ts'
import { copySite } from './support/copy-site.ts'
import { signedUrl } from './support/signed-url.ts'

const command = fileURLToPath(import.meta.resolve('keyblok/package.json')).replace('package.json', 'bin/keyblok.js')

interface Scaffold {
  name: string
  framework: Framework
  /** Where the copy finds its packages, if not in this one. */
  into?: string
  /** The tool that checks its types, with its arguments. */
  check: [packageName: string, file: string, ...args: string[]]
}

/** As `npm create astro` (minimal) and `sv create` (minimal, TypeScript, adapter for Node) make them. */
const scaffolds: Scaffold[] = [
  { name: 'astro', framework: 'astro', check: ['astro', 'bin/astro.mjs', 'check'] },
  {
    name: 'sveltekit',
    framework: 'sveltekit',
    check: ['svelte-check', 'bin/svelte-check', '--tsconfig', './tsconfig.json'],
  },
  {
    name: 'sveltekit-2',
    framework: 'sveltekit',
    into: fileURLToPath(new URL('../sveltekit-2/.fixtures', import.meta.url)),
    check: ['svelte-check', 'bin/svelte-check', '--tsconfig', './tsconfig.json'],
  },
]

/** Runs the built command line. */
async function keyblok(folder: string, args: string[]): Promise<{ exitCode: number | null; output: string }> {
  const running = startNode([command, ...args], { cwd: folder, env: cleanEnvironment({}) })
  return { exitCode: await running.ended, output: running.output() }
}

/** Makes a fresh project, sets it up, and serves its local space. */
async function createProject({ name, into }: Scaffold, args: string[] = [], files: Record<string, string> = {}) {
  const folder = copySite(fileURLToPath(new URL(`fixtures/scaffolds/${name}`, import.meta.url)), files, into)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { exitCode, output } = await keyblok(folder, ['init', '--yes', '--no-install', ...args])
  expect(exitCode, output).toBe(0)
  const space = createLocalSpace({ data: join(folder, '.storyblok/space.sqlite') })
  const { url } = await space.listen({ port: 0 })
  onTestFinished(() => space.close())
  return { folder, output, space, environment: { STORYBLOK_API_URL: url } }
}

function fileOf(folder: string, packageName: string, file: string): string {
  return join(dirname(createRequire(join(folder, 'package.json')).resolve(`${packageName}/package.json`)), file)
}

describe.each(scaffolds)('keyblok init on a fresh $name', (scaffold) => {
  const { framework, check } = scaffold

  it('makes a project that builds, passes its checks and shows the demo content', async () => {
    const { folder, environment, space } = await createProject(scaffold)
    const env = { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...environment } as Record<string, string>
    const built = await build(framework, env, folder)
    expect(built.exitCode, built.output).toBe(0)

    const [packageName, file, ...args] = check
    const checked = startNode([fileOf(folder, packageName, file), ...args], { cwd: folder, env: cleanEnvironment(env) })
    expect(await checked.ended, checked.output()).toBe(0)

    const start = framework === 'astro' ? startPreview : startProduction
    const site = await start(framework, env, { folder })
    onTestFinished(() => site.stop())
    expect(await (await fetch(site.url)).text()).toContain('Hello from Storyblok')
    expect(await (await fetch(`${site.url}/about`)).text()).toContain('A second page')
    expect((await fetch(`${site.url}/nowhere`)).status).toBe(404)
    expect(built.output).not.toContain(space.tokens.preview)
  })

  it('shows drafts in dev', async () => {
    const { folder, environment, space } = await createProject(scaffold)
    space.saveDraft('home', {
      _uid: 'a',
      component: 'page',
      body: [{ _uid: 'b', component: 'teaser', headline: 'Not out yet' }],
    })
    // The variables are read from `.env`, as a person's would be.
    writeFileSync(join(folder, '.env.local'), `STORYBLOK_API_URL=${environment.STORYBLOK_API_URL}\n`)
    const site = await startDev(framework, {}, { folder })
    onTestFinished(() => site.stop())
    await expect.poll(async () => (await fetch(site.url)).text(), { timeout: 30_000 }).toContain('Not out yet')
  })

  it('changes nothing when it is run again', async () => {
    const { folder } = await createProject(scaffold)
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '-A'], { cwd: folder })
    const before = readFileSync(join(folder, '.env'), 'utf8')
    const { exitCode, output } = await keyblok(folder, ['init', '--yes', '--no-install'])
    expect(exitCode).toBe(0)
    expect(output).toContain('Everything is set up already.')
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })).not.toMatch(/^.M/m)
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(before)
    expect(execFileSync('git', ['ls-files'], { cwd: folder, encoding: 'utf8' })).not.toMatch(/^\.env$|sqlite/m)
  })
})

describe('keyblok init --prerender', () => {
  it.each([
    ['sveltekit', scaffolds[1]],
    ['sveltekit-2', scaffolds[2]],
  ] as const)(
    'makes the pages of visitors at build, and editors’ below a path of their own: %s',
    async (_name, scaffold) => {
      if (!scaffold) throw new Error('There is no such scaffold.')
      const { folder, environment, space } = await createProject(scaffold, ['--prerender'])
      const env = { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...environment } as Record<string, string>
      const built = await build(scaffold.framework, env, folder)
      expect(built.exitCode, built.output).toBe(0)
      expect(existsSync(join(folder, 'build/prerendered/about.html'))).toBe(true)
      space.saveDraft('about', {
        _uid: 'a',
        component: 'page',
        body: [{ _uid: 'b', component: 'teaser', headline: 'Not out yet' }],
      })
      const site = await startProduction(scaffold.framework, env, { folder })
      onTestFinished(() => site.stop())
      expect(await (await fetch(`${site.url}/about`)).text()).toContain('A second page')
      const editor = signedUrl(`${site.url}/_preview/about`, space)
      expect(await (await fetch(editor, { headers: { 'sec-fetch-dest': 'iframe' } })).text()).toContain('Not out yet')
    },
  )
})
