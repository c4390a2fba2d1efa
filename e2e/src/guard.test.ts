import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build, startDev } from '../../scripts/lib/playground.ts'
import type { Framework } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import { createFixture, knownTokens, readAll } from './support/fixture.ts'
import { tokens, tokensIn } from './support/tokens.ts'

interface GuardCase {
  framework: Framework
  serverEntry: string
  /** The files of the chain that leads to a forbidden import. */
  chain: string[]
  config: string
  unguardedConfig: string
  guardedConfig(options: string): string
  /** What a browser gets, below the site's folder. */
  output: string
  /** What is written for a prerendered page, as regular expressions. */
  prerendered: string[]
}

const cases: readonly GuardCase[] = [
  {
    framework: 'astro',
    serverEntry: '@keyblok/astro/server',
    chain: ['src/lib/middle.ts imports', 'src/lib/leaf.ts imports', '@keyblok/astro/server'],
    config: 'astro.config.mjs',
    unguardedConfig: 'export default {}',
    guardedConfig: (options) =>
      `import keyblok from '@keyblok/astro'\nexport default { integrations: [keyblok(${options})] }`,
    output: 'dist',
    prerendered: [String.raw`leak\S*\.html`],
  },
  {
    framework: 'sveltekit',
    serverEntry: '@keyblok/sveltekit/server',
    chain: [
      'src/routes/+page.svelte imports',
      'src/lib/middle.ts imports',
      'src/lib/leaf.ts imports',
      '@keyblok/sveltekit/server',
    ],
    config: 'vite.config.js',
    unguardedConfig: `import { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit()] }`,
    guardedConfig: (options) =>
      `import { keyblok } from '@keyblok/sveltekit'\nimport { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit(), keyblok(${options})] }`,
    output: '.svelte-kit/output/client',
    prerendered: [String.raw`leak\S*\.html`, String.raw`leak/__data\.json`],
  },
]

const leaf = 'src/lib/leaf.ts'
const hasText = (expression: string): string => `export const text = ${expression}\n`

describe.each(cases)('the guard in $framework', (guard) => {
  const { framework, serverEntry, chain } = guard
  const buildWith = (files: Record<string, string>, environment = knownTokens) =>
    build(framework, environment, createFixture(framework, files))

  describe('the boundary', () => {
    it.each([
      ['a static import', `import * as server from '${serverEntry}'\n${hasText('Object.keys(server).join()')}`],
      ['a re-export', `export * from '${serverEntry}'\n${hasText("''")}`],
      ['a dynamic import', `const server = import('${serverEntry}')\n${hasText('String(server)')}`],
      ['a named import', `import { Storyblok } from '@keyblok/core/server'\n${hasText('String(Storyblok)')}`],
    ])('fails a build with %s in browser code, and names the chain', async (_name, content) => {
      const { exitCode, output } = await buildWith({ [leaf]: content })
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_SERVER_ONLY')
      const positions = chain.slice(0, -1).map((line) => output.indexOf(line))
      expect(positions).not.toContain(-1)
      expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    })

    it('fails a build with a server entry in a worker', async () => {
      const { exitCode, output } = await buildWith({
        'src/lib/worker.ts': "import { Site } from '@keyblok/core/server'\npostMessage(String(Site))\n",
        [leaf]: hasText(
          "String(typeof Worker === 'undefined' ? '' : new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))",
        ),
      })
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_SERVER_ONLY')
      expect(output).toContain('src/lib/worker.ts imports')
    })

    it('fails a build with a server entry by another name', async () => {
      const { exitCode, output } = await buildWith({
        'package.json': JSON.stringify({
          type: 'module',
          imports: { '#lib/*': './src/lib/*', '#storyblok': '@keyblok/core/server' },
          dependencies: { '@keyblok/astro': '*', '@keyblok/sveltekit': '*', astro: '*' },
        }),
        [leaf]: `import { Site } from '#storyblok'\n${hasText('String(Site)')}`,
      })
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_SERVER_ONLY')
    })

    it('lets a build pass that imports types only', async () => {
      const content = `import type { Storyblok } from '${serverEntry}'\nexport type { Storyblok }\n${hasText("'fine'")}`
      const { exitCode, output } = await buildWith({ [leaf]: content })
      expect(output).not.toContain('KB_SERVER_ONLY')
      expect(exitCode).toBe(0)
    })

    describe('in dev', () => {
      let browser: Browser
      beforeAll(async () => {
        browser = await launchBrowser()
      })
      afterAll(() => browser.close())

      /** Opens a site; gives what failed, once that says what is waited for. */
      const visit = async (files: Record<string, string>, until = ''): Promise<string> => {
        const site = await startDev(framework, knownTokens, { folder: createFixture(framework, files) })
        const page = await browser.newPage()
        try {
          const bodies: Promise<string>[] = []
          page.on('response', (response) => {
            // When Vite has the page loaded anew, what was on its way is gone, and is asked for again.
            if (response.status() >= 500) bodies.push(response.text().catch(() => ''))
          })
          await page.goto(site.url, { waitUntil: 'networkidle' })
          const shown = async () => [...(await Promise.all(bodies)), site.output()].join('\n')
          // A dependency that Vite finds late is loaded after the page.
          await expect.poll(shown, { timeout: 20_000 }).toContain(until)
          return await shown()
        } finally {
          await page.close()
          await site.stop()
        }
      }

      it('refuses the module that imports a server entry, and names the chain', async () => {
        const shown = await visit({ [leaf]: `export * from '${serverEntry}'\n${hasText("''")}` }, 'KB_SERVER_ONLY')
        expect(shown).toContain('KB_SERVER_ONLY')
        for (const line of chain) expect(shown).toContain(line)
      })

      it('refuses a dependency that brings a server entry, which Vite would bundle', async () => {
        const files = {
          'node_modules/ui-kit/package.json':
            '{ "name": "ui-kit", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
          'node_modules/ui-kit/index.js': "export { Site } from '@keyblok/core/server'",
          [leaf]: `import { Site } from 'ui-kit'\n${hasText('String(Site)')}`,
        }
        expect(await visit(files, 'KB_SERVER_ONLY')).toMatch(/ui-kit\S* imports/)
      })

      it('serves a site that imports none', async () => {
        expect(await visit({})).not.toContain('KB_SERVER_ONLY')
      })
    })
  })

  describe('the scan', () => {
    it('lets a clean build pass, and says what it searched for', async () => {
      const { exitCode, output } = await buildWith({})
      expect(output).toMatch(/searched \d+ files for the preview token and public token: browsers get none/)
      expect(exitCode).toBe(0)
    })

    it.each([
      ['as it is', JSON.stringify(tokens.preview), 'preview token (raw)'],
      ['the public one', JSON.stringify(tokens.public), 'public token (raw)'],
      ['in base64', JSON.stringify(btoa(tokens.preview)), 'preview token (base64)'],
      ['inside a longer base64 text', JSON.stringify(btoa(`id:${tokens.preview}:1`)), 'preview token (base64)'],
    ])('fails a build with a token in a script: %s', async (_name, expression, found) => {
      const { exitCode, output } = await buildWith({ [leaf]: hasText(expression) })
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_TOKEN_LEAKED')
      expect(output).toMatch(new RegExp(`${guard.output}/\\S+\\.(js|html):\\d+:\\d+ holds the ${escape(found)}`))
      expect(tokensIn(output)).toEqual([])
    })

    it('fails a build with a token that has to be URL-encoded', async () => {
      const token = 'fake/PREVIEW+fake=PREVIEW'
      const environment = { ...knownTokens, STORYBLOK_PREVIEW_TOKEN: token }
      const { exitCode, output } = await buildWith(
        { [leaf]: hasText(JSON.stringify(encodeURIComponent(token))) },
        environment,
      )
      expect(exitCode).not.toBe(0)
      expect(output).toContain('holds the preview token (URL-encoded)')
    })

    it('fails a build with a token among the files that are copied as they are', async () => {
      const folder = framework === 'astro' ? 'public' : 'static'
      const { exitCode, output } = await buildWith({ [`${folder}/data.json`]: `{"token":"${tokens.public}"}` })
      expect(exitCode).not.toBe(0)
      expect(output).toMatch(/data\.json:1:11 holds the public token/)
    })

    it('fails a build with a token in a prerendered page', async () => {
      const files: Record<string, string> =
        framework === 'astro'
          ? { 'src/pages/leak.astro': `<p>{${JSON.stringify(tokens.preview)}}</p>` }
          : {
              'src/routes/leak/+page.server.js': `export const load = () => ({ text: ${JSON.stringify(tokens.preview)} })`,
              'src/routes/leak/+page.svelte': '<p>{JSON.stringify($$props)}</p>',
              'src/routes/+page.svelte': '<a href="/leak">leak</a>',
            }
      const { exitCode, output } = await buildWith(files)
      expect(exitCode).not.toBe(0)
      for (const file of guard.prerendered)
        expect(output).toMatch(new RegExp(String.raw`${file}:\d+:\d+ holds the preview token`))
    })

    it('fails a build with a token of a second space', async () => {
      const environment = { ...knownTokens, STORYBLOK2_PREVIEW_TOKEN: 'fakeSECONDfakeSECOND11tt' }
      const { exitCode, output } = await buildWith({ [leaf]: hasText("'fakeSECONDfakeSECOND11tt'") }, environment)
      expect(exitCode).not.toBe(0)
      expect(output).toContain('holds the preview token')
    })

    it('fails a build with a token that a server sends with each page', async () => {
      const files: Record<string, string> =
        framework === 'astro'
          ? {
              [guard.config]: `import node from '@astrojs/node'\nimport keyblok from '@keyblok/astro'\nexport default { adapter: node({ mode: 'standalone' }), integrations: [keyblok()] }`,
              'src/pages/index.astro': `---\nexport const prerender = false\n---\n<script>console.log(${JSON.stringify(tokens.preview)})</script>`,
            }
          : {
              'src/app.html': `<script src="/x.js?t=${tokens.preview}"></script>%sveltekit.head%%sveltekit.body%`,
              'src/routes/+layout.js': '',
            }
      const { exitCode, output } = await buildWith(files)
      expect(exitCode).not.toBe(0)
      expect(output).toMatch(/src\/(pages\/index\.astro|app\.html):\d+:\d+/)
    })

    it('fails a build with a token in what comes last', async () => {
      const content = `console.log(${JSON.stringify(tokens.preview)})`
      const late = `{ name: 'late', hooks: { 'astro:build:done': ({ dir }) => writeFileSync(new URL('late.js', dir), ${JSON.stringify(content)}) } }`
      const { exitCode, output } = await buildWith(
        framework === 'astro'
          ? {
              [guard.config]: `import { writeFileSync } from 'node:fs'\nimport keyblok from '@keyblok/astro'\nexport default { integrations: [keyblok(), ${late}] }`,
            }
          : { 'src/service-worker.js': content },
      )
      expect(exitCode).not.toBe(0)
      expect(output).toMatch(/(late|service-worker)\.js:\d+:\d+ holds the preview token/)
    })

    it('knows the tokens of a `.env` file', async () => {
      const env = Object.entries(knownTokens).map(([name, value]) => `${name}=${value}\n`)
      const { exitCode, output } = await buildWith(
        { '.env': env.join(''), [leaf]: hasText(JSON.stringify(tokens.public)) },
        {},
      )
      expect(exitCode).not.toBe(0)
      expect(output).toContain('holds the public token')
    })

    it('says that nothing is proven when the build knows no token', async () => {
      const { exitCode, output } = await buildWith({}, {})
      expect(output).toContain('not proven')
      expect(exitCode).toBe(0)
    })

    it('fails under `strict` when the build knows no token', async () => {
      const { exitCode, output } = await buildWith(
        { [guard.config]: guard.guardedConfig('{ guard: { strict: true } }') },
        {},
      )
      expect(exitCode).not.toBe(0)
      expect(output).toContain('KB_TOKENS_NOT_PROVEN')
    })

    it('lets the public token pass where the site allows it, and nothing else', async () => {
      const config = { [guard.config]: guard.guardedConfig("{ guard: { allow: ['public'] } }") }
      const allowed = await buildWith({ ...config, [leaf]: hasText(JSON.stringify(tokens.public)) })
      expect(allowed.exitCode).toBe(0)
      const refused = await buildWith({ ...config, [leaf]: hasText(JSON.stringify(tokens.preview)) })
      expect(refused.output).toContain('KB_TOKEN_LEAKED')
    })

    it('is what stops a token: without it the same build ships it', async () => {
      const files = { [guard.config]: guard.unguardedConfig, [leaf]: hasText(JSON.stringify(tokens.preview)) }
      const folder = createFixture(framework, files)
      const { exitCode } = await build(framework, knownTokens, folder)
      expect(exitCode).toBe(0)
      expect(tokensIn(readAll(join(folder, guard.output)))).toEqual(['preview'])
    })
  })
})

it('tells a site that its map of components is not where it says', async () => {
  const config = `import { keyblok } from '@keyblok/sveltekit'\nimport { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit(), keyblok({ bloks: 'src/nowhere.ts' })] }`
  const page =
    "<script>\n  import { Blok } from '@keyblok/sveltekit/components'\n</script>\n<Blok blok={{ component: 'x' }} />"
  const files = { 'vite.config.js': config, 'src/routes/+page.svelte': page }
  const { exitCode, output } = await build('sveltekit', knownTokens, createFixture('sveltekit', files))
  expect(exitCode).not.toBe(0)
  expect(output).toContain('The option “bloks” names src/nowhere.ts')
})

it('tells a SvelteKit site whose plugins are in the wrong order', async () => {
  const config = `import { keyblok } from '@keyblok/sveltekit'\nimport { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [keyblok(), sveltekit()] }`
  const { exitCode, output } = await build(
    'sveltekit',
    knownTokens,
    createFixture('sveltekit', { 'vite.config.js': config }),
  )
  expect(exitCode).not.toBe(0)
  expect(output).toContain('KB_PLUGIN_ORDER')
})

function escape(text: string): string {
  return text.replace(/[()]/g, '\\$&')
}
