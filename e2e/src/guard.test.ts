import { join } from 'node:path'
import { createFingerprint } from '@keyblok/vite/files'
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
  /** The configuration of a site with a server, and a page that it renders on demand. */
  onDemand(options: string): Record<string, string>
  /** What a dev server would serve and must not; the site with drafts in its store. */
  holes: { files: Record<string, string>; paths: string[] }
}

const draftWords = 'words of a draft'

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
    onDemand: (options) => ({
      'astro.config.mjs': `import node from '@astrojs/node'\nimport keyblok from '@keyblok/astro'\nexport default { adapter: node({ mode: 'standalone' }), integrations: [keyblok(${options})] }`,
      'src/pages/on-demand.astro': '---\nexport const prerender = false\n---\n<p>on demand</p>',
    }),
    holes: {
      files: {
        'src/content.config.ts': `import { defineCollection } from 'astro:content'\nexport const collections = { drafts: defineCollection({ loader: () => [{ id: 'a', text: '${draftWords}' }] }) }`,
        'src/pages/index.astro':
          "---\nimport { getCollection } from 'astro:content'\nconst { length } = await getCollection('drafts')\n---\n<p>{length}</p>",
      },
      paths: [
        '/astro.config.mjs',
        '/astro.config.mjs?raw',
        '/.astro/data-store.json',
        '/.astro/data-store.json?raw',
        '/@id/__x00__astro:data-layer-content',
        '/@id/__x00__astro%3Adata-layer-content',
        '/@id/__x00__%61stro:data-layer-content',
        '/@id/astro:data-layer%2Dcontent',
        '/@id/__x00__astro:data-layer-content?import',
      ],
    },
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
    onDemand: (options) => ({
      'vite.config.js': `import { keyblok } from '@keyblok/sveltekit'\nimport adapter from '@sveltejs/adapter-node'\nimport { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit({ adapter: adapter() }), keyblok(${options})] }`,
      'src/routes/on-demand/+page.server.js': 'export const prerender = false',
      'src/routes/on-demand/+page.svelte': '<p>on demand</p>',
    }),
    holes: {
      files: {},
      paths: [
        '/.svelte-kit/generated/dev/env/config.js',
        '/.svelte-kit/generated/dev/env/config.js?raw',
        '/vite.config.js',
        '/vite.config.js?raw',
      ],
    },
  },
]

const leaf = 'src/lib/leaf.ts'
const hasText = (expression: string): string => `export const text = ${expression}\n`

describe.each(cases)('the guard in $framework', (guard) => {
  const { framework, serverEntry, chain } = guard
  const buildWith = (files: Record<string, string>, environment = knownTokens) =>
    build(framework, environment, createFixture(framework, files))

  describe('the boundary', () => {
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

      it('serves no secret, no draft and no configuration where a dev server would', async () => {
        const { files, paths } = guard.holes
        const folder = createFixture(framework, { ...files, '.env': `OTHER=${tokens.preview}\n` })
        const site = await startDev(framework, knownTokens, { folder })
        try {
          await fetch(site.url)
          for (const path of [...paths, '/.env', '/.env?raw', `/@fs${folder}/.env`, `/@fs${folder}/${guard.config}`]) {
            const response = await fetch(site.url + path)
            const body = await response.text()
            expect(response.status, path).not.toBe(200)
            expect(tokensIn(body), path).toEqual([])
            expect(body, path).not.toContain(draftWords)
          }
        } finally {
          await site.stop()
        }
      })

      it('is what refuses them: without it the same dev server answers', async () => {
        const { files, paths } = guard.holes
        const folder = createFixture(framework, { ...files, [guard.config]: guard.unguardedConfig })
        const site = await startDev(framework, knownTokens, { folder })
        try {
          await fetch(site.url)
          const bodies = await Promise.all(paths.map(async (path) => (await fetch(site.url + path)).text()))
          expect(bodies.some((body) => body.includes(draftWords) || tokensIn(body).length > 0)).toBe(true)
        } finally {
          await site.stop()
        }
      })

      it('serves a site that imports none', async () => {
        expect(await visit({})).not.toContain('KB_SERVER_ONLY')
      })
    })
  })

  describe('the scan', () => {
    it('lets a clean build pass, and says what it searched for', async () => {
      const { exitCode, output } = await buildWith({})
      expect(output).toMatch(/searched \d+ files? for the preview token and public token: browsers get none/)
      expect(exitCode).toBe(0)
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

    describe('of a site with pages on demand', () => {
      const ci = { CI: 'true' }

      it('is strict in CI, and can be told not to be', async () => {
        const { exitCode, output } = await buildWith(guard.onDemand(''), ci)
        expect(exitCode).not.toBe(0)
        expect(output).toContain('KB_TOKENS_NOT_PROVEN')
        expect((await buildWith(guard.onDemand('{ guard: { strict: false } }'), ci)).exitCode).toBe(0)
      })

      it('is content with fingerprints, and finds what they stand for', async () => {
        const fingerprints = { STORYBLOK_TOKEN_FINGERPRINTS: createFingerprint('preview token', tokens.preview) }
        const clean = await buildWith(guard.onDemand(''), { ...ci, ...fingerprints })
        expect(clean.exitCode, clean.output).toBe(0)
        expect(clean.output).toContain('for the preview token: browsers get none')
        const leaking = await buildWith({ [leaf]: hasText(JSON.stringify(btoa(tokens.preview))) }, fingerprints)
        expect(leaking.exitCode).not.toBe(0)
        expect(leaking.output).toContain('holds the preview token (base64)')
      })

      it('warns of a value in the server’s code, and names where it is from', async () => {
        const literal: Record<string, string> =
          framework === 'astro'
            ? {
                'src/pages/on-demand.astro': `---\nexport const prerender = false\nconst token = '${tokens.preview}'\n---\n<p>{token.at(Date.now() % 3)}</p>`,
              }
            : {
                'src/routes/on-demand/+page.server.js': `export const prerender = false\nconst token = '${tokens.preview}'\nexport const load = () => ({ used: token.at(Date.now() % 3) })`,
              }
        const { exitCode, output } = await buildWith({ ...guard.onDemand(''), ...literal })
        expect(exitCode, output).toBe(0)
        expect(output).toMatch(
          /server\/\S+:\d+:\d+ holds the preview token \(raw\)\s+from src\/(pages|routes)\/on-demand\S+/,
        )
        expect(output).toContain('replacing the secret needs a new build')
        const refused = await buildWith({ ...guard.onDemand("{ guard: { server: 'error' } }"), ...literal })
        expect(refused.exitCode).not.toBe(0)
        expect(refused.output).toContain('KB_TOKEN_BAKED')
      })
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
