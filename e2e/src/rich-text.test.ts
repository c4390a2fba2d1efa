import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../../scripts/lib/playground.ts'
import { createFixture, knownTokens } from './support/fixture.ts'

const text = (words: string, ...types: readonly (string | object)[]) => ({
  type: 'text',
  text: words,
  marks: types.map((type) => (typeof type === 'string' ? { type } : type)),
})
const paragraph = (...content: readonly object[]) => ({ type: 'paragraph', content })
const link = (href: string) => ({ type: 'link', attrs: { href, linktype: 'story' } })

const files = {
  'src/components/Link.astro':
    '---\nconst { node, ...attributes } = Astro.props\n---\n\n<a class="ours" {...attributes}><slot /></a>\n',
  'src/components/Heading.astro':
    '---\nconst { level, id } = Astro.props\nconst Tag = `h${level}`\n---\n<Tag><a href={`#${id}`}><slot /></a></Tag>\n',
  'src/components/Quote.astro':
    "---\nimport { editable } from '@keyblok/astro/stories'\nconst { blok } = Astro.props\n---\n<q {...editable(blok)}>{blok.text}</q>\n",
  'src/components/Box.astro':
    "---\nimport { Bloks } from '@keyblok/astro/components'\nconst { blok } = Astro.props\n---\n<div><Bloks bloks={blok.body} />{blok.text}</div>\n",
  'src/storyblok/bloks.ts':
    "import Box from '../components/Box.astro'\nimport Quote from '../components/Quote.astro'\nexport default { box: Box, quote: Quote, hidden: null }\n",
  'src/storyblok/stories.ts':
    "import { defineSpace, defineStories } from '@keyblok/astro/stories'\nexport const space = defineSpace({ languages: ['en', 'de'], home: 'start' })\nexport const all = defineStories(space)\n",
}

/** Builds a page of the fixture; gives its body, and what the build printed. */
async function buildPage(
  body: string,
  values: Readonly<Record<string, unknown>>,
  config = '',
): Promise<{ html: string; output: string }> {
  const folder = createFixture('astro', {
    ...files,
    'astro.config.mjs': `import keyblok from '@keyblok/astro'\nexport default { ${config} i18n: { locales: ['en', 'de'], defaultLocale: 'en' }, integrations: [keyblok()] }`,
    'src/values.js': Object.entries(values)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
      .join('\n'),
    'src/pages/de/index.astro': `---
import { Blok, Bloks, RichText } from '@keyblok/astro/components'
import Heading from '../../components/Heading.astro'
import Link from '../../components/Link.astro'
import * as values from '../../values.js'
---
<html><body>${body}</body></html>
`,
  })
  const { exitCode, output } = await build('astro', knownTokens, folder)
  expect(exitCode, output).toBe(0)
  const page = readFileSync(join(folder, 'dist/de/index.html'), 'utf8')
  return { html: /<body>(.*)<\/body>/s.exec(page)?.[1]?.trim() ?? '', output }
}

describe('RichText in a build of Astro', () => {
  const doc = {
    type: 'doc',
    content: [
      { type: 'heading', attrs: { level: 2 }, content: [text('Why '), text('rock', 'bold')] },
      paragraph(
        text('a '),
        text('b', 'bold'),
        text(' '),
        text('c', 'italic'),
        text(', '),
        text('d', link('start')),
        text(' e '),
        text('f', 'bold', link('x')),
        text('.', link('x')),
      ),
      { type: 'blok', attrs: { body: [{ _uid: '1', component: 'quote', text: 'q' }] } },
      paragraph(text('<b> & "x"')),
    ],
  }

  // `jsx` is Astro’s default, which takes white space out between elements on lines of their own.
  it.each(['', "compressHTML: 'jsx',", 'compressHTML: true,', 'compressHTML: false,'])(
    'keeps white space as it is, and adds none: %s',
    async (config) => {
      const { html } = await buildPage('<RichText doc={values.doc} />', { doc }, config)
      expect(html.replace(/>\s+<(q|p)/g, '><$1')).toBe(
        '<h2 id="why-rock">Why <strong>rock</strong></h2>' +
          '<p>a <strong>b</strong> <em>c</em>, <a href="/de">d</a> e <a href="/de/x"><strong>f</strong>.</a></p>' +
          '<q>q</q><p>&lt;b&gt; &amp; &quot;x&quot;</p>',
      )
    },
  )

  it.each(['', 'compressHTML: false,'])('shows nodes and marks by the site’s components: %s', async (config) => {
    const body = '<RichText doc={values.doc} components={{ link: Link, heading: Heading }} />'
    const { html } = await buildPage(body, { doc: { ...doc, content: doc.content.slice(0, 2) } }, config)
    expect(html.replace(/>\s+<p/, '><p')).toBe(
      '<h2><a href="#why-rock">Why <strong>rock</strong></a></h2>' +
        '<p>a <strong>b</strong> <em>c</em>, <a class="ours" href="/de">d</a> e <a class="ours" href="/de/x"><strong>f</strong>.</a></p>',
    )
  })
})

describe('the space of an Astro site', () => {
  const script =
    "<script>import space from 'virtual:keyblok/space'\ndocument.title = `${space.home} ${space.base}`</script>"

  it('writes links by the site’s own paths, and can be imported by browser code', async () => {
    const doc = { type: 'doc', content: [text('x', link('y'))] }
    const { html } = await buildPage(
      `<RichText doc={values.doc} />${script}`,
      { doc },
      "base: '/docs', trailingSlash: 'always',",
    )
    expect(html).toContain('<a href="/docs/de/y/">x</a>')
    expect(html).toMatch(/home:.start\b/)
    expect(html).toMatch(/base:.\/docs\b/)
  })
})

describe('Blok in a build of Astro', () => {
  const mark = '<!--#storyblok#{"name": "quote", "space": "1", "uid": "1", "id": "5"}-->'
  const broken = [null, 'words', {}, { _uid: '2' }, { _uid: '3', component: 'map' }, { _uid: '4', component: 'map' }]

  it('shows nothing of what it cannot show, and tells the log once', async () => {
    const bloks = [{ _uid: '1', component: 'quote', text: 'q' }, ...broken, { _uid: '5', component: 'constructor' }]
    const { html, output } = await buildPage('<Bloks bloks={values.bloks} /><Blok /><Bloks bloks="x" />', { bloks })
    expect(html).toBe('<q>q</q>')
    expect(output.match(/No component is mapped to the blok “map”/g)).toHaveLength(1)
    expect(output.match(/A blok has no component’s name/g)).toHaveLength(4)
  })

  it('shows editors a box, without a style that a policy could block', async () => {
    const bloks = [
      { _uid: '1', component: 'quote', text: 'q', _editable: mark },
      { _uid: '2', component: '<map>', _editable: mark },
      { _uid: '3', component: 'hidden', _editable: mark },
    ]
    const { html } = await buildPage('<Bloks bloks={values.bloks} />', { bloks })
    expect(html).toContain('data-blok-uid="5-1"')
    expect(html).toContain('<mark>No component is mapped to the blok “&lt;map&gt;”.</mark>')
    expect(html).not.toMatch(/style|hidden/)
  })

  it('shows bloks that are nested 100 deep', async () => {
    let blok: object = { _uid: 'x', component: 'box', text: 'deep' }
    for (let level = 1; level < 100; level++) blok = { _uid: `${level}`, component: 'box', body: [blok] }
    const { html } = await buildPage('<Blok blok={values.blok} />', { blok })
    expect(html.match(/<div>/g)).toHaveLength(100)
    expect(html).toContain('deep')
  })
})
