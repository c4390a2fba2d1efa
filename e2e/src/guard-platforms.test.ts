import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build, startDev } from '../../scripts/lib/playground.ts'
import { createFixture, knownTokens } from './support/fixture.ts'
import { tokens, tokensIn } from './support/tokens.ts'

type Files = Readonly<Record<string, string>>

describe('the guard in SvelteKit 2', () => {
  const source = fileURLToPath(new URL('../sveltekit-2', import.meta.url))

  /** Copies the site into its own folder, where it finds its own SvelteKit. */
  function createSite(files: Files): string {
    mkdirSync(join(source, '.fixtures'), { recursive: true })
    const folder = mkdtempSync(join(source, '.fixtures/site-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const entry of ['package.json', 'svelte.config.js', 'vite.config.js', 'src']) {
      cpSync(join(source, entry), join(folder, entry), { recursive: true })
    }
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return folder
  }

  const buildWith = (files: Files) => build('sveltekit', knownTokens, createSite(files))

  it('lets a clean build pass, and says what it searched for', async () => {
    const { exitCode, output } = await buildWith({})
    expect(output).toMatch(/searched \d\d+ files for the preview token and public token: browsers get none/)
    expect(exitCode).toBe(0)
  })

  it.each([
    ['a server entry', "export { Site as text } from '@keyblok/core/server'", '@keyblok/core/server'],
    ['a file of the site', "export { text } from '../secret/text.js'", 'src/secret/text.js'],
  ])('refuses %s in browser code, and names the chain', async (_name, leaf, entry) => {
    const { exitCode, output } = await buildWith({
      'src/lib/leaf.js': leaf,
      'src/secret/text.js': "export const text = 'secret'",
    })
    expect(exitCode).not.toBe(0)
    expect(output).toContain('KB_SERVER_ONLY')
    expect(output.replaceAll(/ imports\s+/g, ' < ')).toContain(`src/routes/+page.svelte < src/lib/leaf.js < ${entry}`)
  })

  it.each<[string, Files, RegExp]>([
    [
      'a script',
      { 'src/lib/leaf.js': `export const text = '${tokens.preview}'` },
      /client\/\S+\.js:1:\d+ holds the preview token \(raw\)\s+from src\/lib\/leaf\.js:1:22\s+src\/routes\/\+page\.svelte imports/,
    ],
    [
      'prerendered data',
      {
        'src/routes/leak/+page.server.js': 'export const load = () => ({ token: process.env.STORYBLOK_PREVIEW_TOKEN })',
        'src/routes/leak/+page.svelte': '<p>a</p>',
      },
      /prerendered\/dependencies\/leak\/__data\.json:1:\d+ holds the preview token/,
    ],
    ['a static file', { 'static/a.json': JSON.stringify(tokens.public) }, /client\/a\.json:1:2 holds the public token/],
    [
      'a service worker',
      { 'src/service-worker.js': `console.log('${tokens.preview}')` },
      /service-worker\.js:\d+:\d+ holds the preview token/,
    ],
  ])('finds a token in %s', async (_name, files, message) => {
    const { exitCode, output } = await buildWith(files)
    expect(exitCode).not.toBe(0)
    expect(output).toMatch(message)
    expect(tokensIn(output)).toEqual([])
  })

  it('knows the options of the site: what its adapter writes, and pages on demand', async () => {
    const config = (options: string): Files => ({
      'svelte.config.js': `import adapter from '@sveltejs/adapter-node'\nexport default { kit: { ${options} adapter: adapter() } }`,
    })
    const leaking = await buildWith({
      ...config("outDir: '.kit',"),
      'src/lib/leaf.js': `export const text = '${tokens.preview}'`,
    })
    expect(leaking.output).toMatch(/\.kit\/output\/client\/\S+ holds the preview token/)
    const onDemand = { 'src/routes/+layout.js': 'export const prerender = false' }
    const unknown = await build('sveltekit', { CI: 'true' }, createSite(onDemand))
    expect(unknown.exitCode).not.toBe(0)
    expect(unknown.output).toContain('In CI a site with pages on demand has to prove it')
  })

  it('serves no token in dev', async () => {
    const files = {
      'src/routes/leak/+page.server.js':
        'export const prerender = false\nexport const load = () => ({ token: process.env.STORYBLOK_PREVIEW_TOKEN })',
      'src/routes/leak/+page.svelte': '<script>\n  let { data } = $props()\n</script>\n<p>{data.token}</p>',
    }
    const site = await startDev('sveltekit', knownTokens, { folder: createSite(files) })
    onTestFinished(() => site.stop())
    const body = await (await fetch(`${site.url}/leak`)).text()
    expect(body).toContain('*'.repeat(tokens.preview.length))
    expect(tokensIn(body)).toEqual([])
    expect(site.output()).toContain('GET /leak answered with the preview token')
  })
})

describe('the guard in Astro on Cloudflare', () => {
  const files: Files = {
    'astro.config.mjs': `import cloudflare from '@astrojs/cloudflare'\nimport keyblok from '@keyblok/astro'\nexport default { adapter: cloudflare(), session: false, integrations: [keyblok()] }`,
    'wrangler.jsonc': `{ "name": "fixture", "compatibility_date": "2026-10-01", "compatibility_flags": ["nodejs_compat"], "main": "@astrojs/cloudflare/entrypoints/server", "assets": { "directory": "./dist", "binding": "ASSETS" } }`,
    'src/pages/on-demand.astro':
      "---\nimport { Secret } from '@keyblok/core/server'\nexport const prerender = false\nconst shown = String(new Secret('fake', 'preview'))\n---\n<p>{shown}</p>",
  }
  const buildWith = (more: Files) => build('astro', knownTokens, createFixture('astro', { ...files, ...more }))

  it('lets server entries into the worker, which resolves packages as a browser does', async () => {
    const { exitCode, output } = await buildWith({})
    expect(exitCode, output).toBe(0)
    expect(output).toMatch(/searched \d+ files for the preview token and public token: browsers get none/)
  })

  it('refuses a server entry in browser code', async () => {
    const { exitCode, output } = await buildWith({
      'src/lib/leaf.ts': "export { Site as text } from '@keyblok/core/server'",
    })
    expect(exitCode).not.toBe(0)
    expect(output.replaceAll(/ imports\s+/g, ' < ')).toContain(
      'src/lib/middle.ts < src/lib/leaf.ts < @keyblok/core/server',
    )
  })

  it('finds a token in a page', async () => {
    const { exitCode, output } = await buildWith({ 'src/pages/leak.astro': `<p data-token="${tokens.preview}">a</p>` })
    expect(exitCode).not.toBe(0)
    expect(output).toMatch(/leak\/index\.html:1:\d+ holds the preview token/)
  })

  it('serves no token in dev', async () => {
    const leak = `---\nexport const prerender = false\n---\n<p data-token="${tokens.preview}">a</p>`
    const folder = createFixture('astro', { ...files, 'src/pages/leak.astro': leak })
    const site = await startDev('astro', knownTokens, { folder })
    onTestFinished(() => site.stop())
    const body = await (await fetch(`${site.url}/leak`)).text()
    expect(body).toContain('*'.repeat(tokens.preview.length))
    expect(tokensIn(body)).toEqual([])
  })
})
