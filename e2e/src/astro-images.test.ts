import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { environmentOf } from '../../scripts/lib/demo-space.ts'
import { build, repository, startDev, startProduction } from '../../scripts/lib/playground.ts'
import { createFixture, knownTokens } from './support/fixture.ts'
import { serveDemoSpace } from './support/space.ts'
import { tokensIn } from './support/tokens.ts'

const library = 'https://a.storyblok.com/f/100001'
const hut = `${library}/1600x1000/7841d61923/storm-front.jpg`
const topo = 'f/100001/1600x1000/ada86ed032/kestrel-bay-topo.svg'
const rope = readFileSync(join(repository, 'playgrounds/content/space/assets/100001/rope-coil_9015.png'))

const configuration = (options: string, more = '') =>
  `import node from '@astrojs/node'\nimport keyblok from '@keyblok/astro'\nexport default { integrations: [keyblok(${options})], ${more} }`
const onDemand = `adapter: node({ mode: 'standalone' })`

/** The attributes of a page's pictures, in order. */
function picturesIn(html: string): Record<string, string>[] {
  return [...html.matchAll(/<(?:img|source) [^>]*>/g)].map(([tag]) =>
    Object.fromEntries(
      [...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value.replaceAll('&#38;', '&'),
      ]),
    ),
  )
}

async function buildPage(
  page: string,
  options: string,
): Promise<{ pictures: Record<string, string>[]; files: string[]; output: string }> {
  const folder = createFixture('astro', {
    'astro.config.mjs': configuration(options),
    'src/pages/images.astro': page,
    'src/rope.png': rope,
  })
  const { exitCode, output } = await build('astro', knownTokens, folder)
  expect(exitCode, output).toBe(0)
  const html = readFileSync(join(folder, 'dist/images/index.html'), 'utf8')
  return {
    pictures: picturesIn(html),
    files: readdirSync(join(folder, 'dist'), { recursive: true }) as string[],
    output,
  }
}

describe('Astro’s own images, with the service', () => {
  const page = `---
import { Image, Picture } from 'astro:assets'
import rope from '../rope.png'
---
<Image src="${hut}" alt="" width={400} height={250} widths={[400, 800, 3200]} />
<Image src="${hut}" alt="" inferSize layout="constrained" />
<Image src="${hut}" alt="" width={200} height={200} densities={[1, 2]} quality="high" format="avif" />
<Picture src="${hut}" alt="" width={800} height={500} formats={['avif', 'webp']} fallbackFormat="jpg" />
<Image src="${library}/1600x1000/ada86ed032/drawing.svg" alt="" inferSize />
<Image src={rope} alt="" width={100} />
<Image src="https://img.example/a.jpg" alt="" width={10} height={10} />`

  it('come from Storyblok where they are assets, and nothing is downloaded', async () => {
    const { pictures, files } = await buildPage(page, '{ images: { service: true } }')
    const urls = (name: string) => pictures.map((picture) => picture[name]?.replaceAll(`${hut}/m/`, ''))
    expect(urls('src')).toEqual([
      '400x250/filters:format(webp)',
      '1600x1000/filters:format(webp)',
      '200x200/filters:quality(80):format(avif)',
      undefined,
      undefined,
      '800x500/filters:format(jpeg)',
      `${library}/1600x1000/ada86ed032/drawing.svg`,
      expect.stringMatching(/^\/_astro\/rope\..*\.webp$/),
      'https://img.example/a.jpg',
    ])
    expect(urls('srcset').slice(0, 3)).toEqual([
      '400x250/filters:format(webp) 400w, 800x500/filters:format(webp) 800w, 1600x1000/filters:format(webp) 1600w',
      expect.stringMatching(/^640x400\S+ 640w, .*1600x1000\S+ 1600w$/),
      '200x200/filters:quality(80):format(avif) 1x, 400x400/filters:quality(80):format(avif) 2x',
    ])
    expect(urls('srcset').slice(3, 5)).toEqual(['800x500/filters:format(avif)', '800x500/filters:format(webp)'])
    // One picture was made: the site's own.
    expect(files.filter((file) => /\.(avif|jpe?g|png|webp)$/.test(file))).toHaveLength(1)
  })

  it('do not without the option, so the case above proves something', async () => {
    const plain = `---\nimport { Image } from 'astro:assets'\n---\n<Image src="${hut}" alt="" width={400} height={250} />`
    const { pictures } = await buildPage(plain, '{}')
    expect(pictures.map(({ src }) => src)).toEqual([hut])
  })

  it('are not fetched by the site’s server for anybody', async () => {
    const folder = createFixture('astro', {
      'astro.config.mjs': configuration('{ images: { service: true } }', onDemand),
      'src/pages/on-demand.astro': '---\nexport const prerender = false\n---\n<p>on demand</p>',
    })
    expect((await build('astro', knownTokens, folder)).exitCode).toBe(0)
    const site = await startProduction('astro', knownTokens, { folder })
    onTestFinished(() => site.stop())
    const response = await fetch(`${site.url}/_image?href=${encodeURIComponent(hut)}&w=100&h=100&f=webp`)
    // A failed attempt to fetch it would be 500.
    expect(response.status).toBe(400)
  })
})

describe('StoryblokImage', () => {
  const page = `---
import { StoryblokImage } from '@keyblok/astro/components'
const asset = { id: 1, filename: '${hut}', alt: 'A hut', focus: '1010x420:1011x421' }
---
<StoryblokImage asset={asset} width={400} aspectRatio={1} class="cover" id="hut" priority />
<StoryblokImage asset={asset} layout="fixed" width={200} alt="" style="color: red" loading="eager" />
<StoryblokImage asset={{ id: null, filename: '' }} />
<StoryblokImage asset={null} />`

  it('shows an asset, with the attributes that it is given', async () => {
    const { pictures } = await buildPage(page, '{}')
    expect(pictures).toHaveLength(2)
    expect(pictures[0]).toMatchObject({
      src: `${hut}/m/400x400/filters:focal(1010x420:1011x421)`,
      sizes: '(min-width: 400px) 400px, 100vw',
      width: '400',
      height: '400',
      alt: 'A hut',
      loading: 'eager',
      fetchpriority: 'high',
      class: 'cover',
      id: 'hut',
    })
    expect(pictures[1]).toMatchObject({
      srcset: `${hut}/m/200x0 1x, ${hut}/m/400x0 2x`,
      style: 'color: red',
      loading: 'eager',
    })
  })
})

const endpoint = `import { privateAssets } from '@keyblok/astro/server'
export const prerender = false
export const ALL = privateAssets({ authorize: ({ cookies }) => cookies.get('member')?.value === 'yes' })`
const shown = `
import { StoryblokImage } from '@keyblok/astro/components'
const asset = { id: 9013, filename: 'https://a.storyblok.com/${topo}', alt: 'Topo', is_private: true }
---
<p>before</p><StoryblokImage asset={asset} width={800} /><p>after</p>`

describe('private assets', () => {
  /** Builds and starts a site with an endpoint. */
  async function start(paths = '') {
    const { space, listener } = await serveDemoSpace()
    const environment = { ...environmentOf(space, listener.url), STORYBLOK_ASSET_TOKEN: space.tokens.asset }
    const folder = createFixture('astro', {
      'astro.config.mjs': configuration("{ privateAssets: '/assets' }", `${onDemand}, ${paths}`),
      'src/pages/assets/[...file].ts': endpoint,
      'src/pages/members.astro': `---\nexport const prerender = false${shown}`,
      'src/pages/everybody.astro': `---${shown}`,
    })
    const { exitCode, output } = await build('astro', environment, folder)
    expect(exitCode, output).toBe(0)
    const site = await startProduction('astro', environment, { folder })
    onTestFinished(() => site.stop())
    const ask = (path: string, init: RequestInit = {}) => fetch(site.url + path, { redirect: 'manual', ...init })
    return { ask, output, site }
  }

  it('open for those who may have them, from the pages that show them', async () => {
    const { ask, site } = await start()
    const [picture] = picturesIn(await (await ask('/members')).text())
    expect(picture).toMatchObject({ src: `/assets/${topo}`, alt: 'Topo', width: '800', height: '500' })

    const member = { headers: { cookie: 'member=yes' } }
    const opened = await ask(`/assets/${topo}`, member)
    expect([opened.status, opened.headers.get('cache-control')]).toEqual([302, expect.stringContaining('no-store')])
    const file = await fetch(opened.headers.get('location') ?? '')
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(tokensIn([...opened.headers].join() + site.output())).toEqual([])

    const statusOf = async (path: string, init?: RequestInit) => (await ask(path, init)).status
    expect(await statusOf(`/assets/${topo}`)).toBe(403)
    expect(await statusOf(`/assets/${topo.replace('kestrel', 'other')}`)).toBe(403)
    expect(await statusOf(`/assets/${topo.replace('kestrel', 'other')}`, member)).toBe(404)
    expect(await statusOf(`/assets/${topo}`, { ...member, method: 'HEAD' })).toBe(302)
    const put = { method: 'PUT', headers: { ...member.headers, origin: site.url } }
    expect(await statusOf(`/assets/${topo}`, put)).toBe(405)
    const sent = [
      topo.replace('100001', '100002'),
      topo.replaceAll('/', '%2f'),
      topo.replace('kes', '..%5ckes'),
      `x/${topo}`,
      `${topo}%00`,
    ]
    for (const path of sent) expect(await statusOf(`/assets/${path}`, member), path).toBeOneOf([400, 404])
  })

  it('open below a base, where every path ends with a slash', async () => {
    const { ask } = await start("base: '/docs', trailingSlash: 'always'")
    const [picture] = picturesIn(await (await ask('/docs/members/')).text())
    expect(picture?.['src']).toBe(`/docs/assets/${topo}/`)
    expect((await ask(picture?.['src'] ?? '', { headers: { cookie: 'member=yes' } })).status).toBe(302)
  })

  it('are left out of prerendered pages, with a word', async () => {
    const { ask, output } = await start()
    const html = await (await ask('/everybody')).text()
    expect(html).toContain('<p>before</p><p>after</p>')
    expect(
      output.match(/The private asset \S+kestrel-bay-topo\.svg is left out: its page is prerendered/g),
    ).toHaveLength(1)
  })

  it('are left out of sites without an endpoint, with a word in dev', async () => {
    const { space, listener } = await serveDemoSpace()
    const folder = createFixture('astro', {
      'astro.config.mjs': configuration('{}', onDemand),
      'src/pages/members.astro': `---\nexport const prerender = false${shown}`,
    })
    const site = await startDev('astro', environmentOf(space, listener.url), { folder })
    onTestFinished(() => site.stop())
    const pages = await Promise.all([1, 2].map(async () => (await fetch(`${site.url}/members`)).text()))
    expect(pages.flatMap(picturesIn)).toEqual([])
    expect(site.output().match(/is left out: the site has no endpoint/g)).toHaveLength(1)
  })

  it.each([
    [
      'by default',
      "import { privateAssets } from '@keyblok/astro/server'\nexport const GET = privateAssets({ authorize: () => true })",
    ],
    [
      'with paths',
      `import { privateAssets } from '@keyblok/astro/server'\nexport const getStaticPaths = () => [{ params: { file: '${topo}' } }]\nexport const GET = privateAssets({ authorize: () => true })`,
    ],
  ])('fail the build of an endpoint that is prerendered %s', async (_name, source) => {
    const folder = createFixture('astro', {
      'astro.config.mjs': configuration("{ privateAssets: '/assets' }", onDemand),
      'src/pages/assets/[...file].ts': source,
    })
    const { exitCode, output } = await build('astro', knownTokens, folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('Private assets need an on-demand route')
  })

  it('fail the build of a prerendered endpoint that the integration does not know', async () => {
    const folder = createFixture('astro', {
      'astro.config.mjs': configuration('{}', onDemand),
      'src/pages/files/[...file].ts': `import { privateAssets } from '@keyblok/astro/server'\nexport const getStaticPaths = () => [{ params: { file: '${topo}' } }]\nexport const GET = privateAssets({ authorize: () => true })`,
    })
    const { exitCode, output } = await build('astro', knownTokens, folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('Private assets need an on-demand route')
  })

  it('are never open to everybody by mistake', async () => {
    const folder = createFixture('astro', {
      'astro.config.mjs': configuration("{ privateAssets: '/assets' }", onDemand),
      'src/pages/assets/[...file].ts':
        "import { privateAssets } from '@keyblok/astro/server'\nexport const prerender = false\nexport const GET = privateAssets({})",
    })
    expect((await build('astro', knownTokens, folder)).exitCode).toBe(0)
    const site = await startProduction('astro', knownTokens, { folder })
    onTestFinished(() => site.stop())
    expect((await fetch(`${site.url}/assets/${topo}`)).status).toBe(500)
    expect(site.output()).toContain('privateAssets() was called without “authorize”')
  })
})
