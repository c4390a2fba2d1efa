import { describe, expect, it } from 'vitest'
import {
  buildMagazine,
  canonicalOf,
  configuration,
  createMagazine,
  startMagazine,
  storyPage,
  twoLanguages,
  visitAll,
} from './support/magazine.ts'
import type { Files, Visited } from './support/magazine.ts'
import { signedUrl } from './support/signed-url.ts'

/** One way to lay out a site. */
interface Layout {
  /** Astro's options, as code. */
  options: string
  pages: Files
  /** Where a visitor begins: the home page of each language, with what it says. */
  homes: Readonly<Record<string, string>>
  /** The page of a story that was never published. */
  draft: string
}

const english = 'A quiet magazine about climbing'
const german = 'Ein stilles Magazin übers Klettern'
const locales = (options = ''): string => `i18n: { locales: ['en', 'de'], defaultLocale: 'en', ${options} }`

const layouts: readonly Layout[] = [
  { options: `trailingSlash: 'ignore'`, pages: storyPage(), homes: { '/': english }, draft: '/membership' },
  {
    options: `base: '/docs', trailingSlash: 'always'`,
    pages: storyPage(),
    homes: { '/docs/': english },
    draft: '/docs/membership/',
  },
  {
    options: `base: '/docs/', trailingSlash: 'ignore', build: { format: 'file' }`,
    pages: storyPage(),
    homes: { '/docs/': english },
    draft: '/docs/membership',
  },
  {
    options: `base: '/docs/', trailingSlash: 'never', build: { format: 'file' }, ${locales()}`,
    pages: { ...twoLanguages, ...storyPage(), ...storyPage('de', 'de') },
    homes: { '/docs': english, '/docs/de': german },
    draft: '/docs/membership',
  },
  {
    options: `base: '/docs', trailingSlash: 'always', build: { format: 'file' }, ${locales('routing: { prefixDefaultLocale: true, redirectToDefaultLocale: true }')}`,
    pages: {
      ...twoLanguages,
      ...storyPage('en', 'en'),
      ...storyPage('de', 'de'),
      'src/pages/index.astro': '',
    },
    homes: { '/docs/en/': english, '/docs/de/': german },
    draft: '/docs/en/membership/',
  },
  {
    options: `trailingSlash: 'never', i18n: { locales: ['en', { path: 'deutsch', codes: ['de', 'de-AT'] }], defaultLocale: 'deutsch' }`,
    pages: { ...twoLanguages, ...storyPage('', 'de'), ...storyPage('en', 'en') },
    homes: { '/': german, '/en': english },
    draft: '/membership',
  },
]

describe('a site whose paths are', () => {
  it.each(layouts)('$options', async ({ options, pages, homes, draft }) => {
    const files = (adapter?: 'node({ mode: "standalone" })'): Files => ({
      ...pages,
      ...configuration(`${options}, output: '${adapter ? 'server' : 'static'}'`, adapter),
    })
    const prerendered = await createMagazine(files())
    const output = await buildMagazine(prerendered)
    expect(output).not.toMatch(/request\.headers|\[keyblok\]/)
    const first = await visitAll(await startMagazine(prerendered, 'preview'), Object.keys(homes))

    const onDemand = await createMagazine(files('node({ mode: "standalone" })'))
    await buildMagazine(onDemand)
    const site = await startMagazine(onDemand, 'production')
    const second = await visitAll(site, Object.keys(homes))

    for (const visited of [first, second]) {
      expect(visited.broken).toEqual([])
      expect(misnamed(visited)).toEqual([])
      for (const [path, words] of Object.entries(homes)) expect(visited.pages.get(path)).toContain(words)
    }
    expect(first.pages.size).toBe(Object.keys(homes).length * 52)
    expect(bodies(second)).toEqual(bodies(first))

    const opened = await fetch(signedUrl(site.url + draft, onDemand.space), { redirect: 'manual' })
    expect(opened.headers.get('location')).toBe(`${draft}?_storyblok=1`)
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const shown = await fetch(site.url + draft, { headers: { cookie }, redirect: 'manual' })
    expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    expect(canonicalOf(await shown.text())).toBe(draft)
    const visitor = await fetch(site.url + draft, { redirect: 'manual' })
    expect([visitor.status, visitor.headers.get('cache-control')]).toEqual([404, null])
  })
})

/** The pages that call themselves otherwise than the links that lead to them. */
function misnamed({ pages }: Visited): string[] {
  return [...pages].filter(([path, html]) => canonicalOf(html) !== path).map(([path]) => path)
}

function bodies({ pages }: Visited): Record<string, string> {
  return Object.fromEntries([...pages].map(([path, html]) => [path, html.slice(html.indexOf('<body'))]))
}
