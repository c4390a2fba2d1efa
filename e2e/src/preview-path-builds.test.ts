import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildKitSite, createKitSite, prerendered, startKitSite } from './support/kit-site.ts'
import { buildMagazine, configuration, createMagazine, startMagazine, storyPage } from './support/magazine.ts'
import { signedUrl } from './support/signed-url.ts'

const framed = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }

/** What visitors get of a build: each file that is not a script of editors' pages, by its path. */
function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).filter((path) => path.endsWith('.html'))
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]))
}

it('leaves the pages that Astro prerenders as they are, byte by byte', async () => {
  const built: Map<string, string>[] = []
  for (const options of ['{ preview: false }', '', "{ preview: { path: '/_preview' } }"]) {
    const config = configuration('', "node({ mode: 'standalone' })")
    const code = config['astro.config.mjs']!.replace('keyblok()', `keyblok(${options})`)
    const magazine = await createMagazine({ ...storyPage(), 'astro.config.mjs': code })
    await buildMagazine(magazine)
    built.push(filesIn(join(magazine.folder, 'dist/client')))
    if (!options.includes('path')) continue
    const site = await startMagazine(magazine, 'production')
    const draft = await fetch(signedUrl(`${site.url}/_preview/membership`, magazine.space), { headers: framed })
    expect([draft.status, draft.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect((await fetch(`${site.url}/membership`)).status).toBe(404)
  }
  expect(built[0]?.size).toBeGreaterThan(10)
  expect(built[1]).toEqual(built[0])
  expect(built[2]).toEqual(built[0])
})

it('leaves the pages that SvelteKit prerenders as they are, byte by byte', async () => {
  const route = 'src/routes/[[preview=preview]]/[...slug]'
  const up = (code = ''): string => code.replaceAll('../../lib/', '../../../lib/')
  const server = prerendered['src/routes/[...slug]/+page.server.js']
  const page = readFileSync(new URL('fixtures/kit/src/routes/[...slug]/+page.svelte', import.meta.url), 'utf8')
  const files = {
    [`${route}/+page.server.js`]: up(server),
    [`${route}/+page.svelte`]: up(page),
    'src/params.js': `import { defineParams } from '@sveltejs/kit/params'

export const params = defineParams({ preview: (param) => (param === '_preview' ? param : undefined) })
`,
  }
  const site = await createKitSite(files, { keyblok: '{}', kit: "version: { name: 'test' }" })
  rmSync(join(site.folder, 'src/routes/[...slug]'), { recursive: true })
  await buildKitSite(site)
  const without = filesIn(join(site.folder, 'build/prerendered'))
  const config = join(site.folder, 'vite.config.js')
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace('keyblok({})', "keyblok({ preview: { path: '/_preview' } })"),
  )
  await buildKitSite(site)
  expect(without.size).toBeGreaterThan(10)
  expect(filesIn(join(site.folder, 'build/prerendered'))).toEqual(without)

  const { url } = await startKitSite(site, 'production')
  const draft = await fetch(signedUrl(`${url}/_preview/membership`, site.space), { headers: framed })
  expect([draft.status, draft.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  expect((await fetch(`${url}/membership`)).status).toBe(404)
})
