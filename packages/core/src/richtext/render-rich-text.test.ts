import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineSpace } from '../stories/space.js'
import { renderRichText } from './render-rich-text.js'
import { doc, hostileDocs, link, node, text } from './test-support.js'

const space = defineSpace({ languages: ['en', 'de'] })
const html = (...content: readonly unknown[]): string => renderRichText(doc(...content), { space })

describe('marks', () => {
  it('make one element of neighbours that share them', () => {
    const a = link('/a')
    expect(html(text('see ', 'bold'), text('this ', 'bold', a), text('page', a), text('.'))).toBe(
      '<strong>see </strong><a href="/a"><strong>this </strong>page</a>.',
    )
  })

  it('are in one order, whatever order they are delivered in', () => {
    const a = link('/a')
    expect(html(text('one', a, 'bold'), text('two', 'italic', a), text('three', 'bold', a, 'italic'))).toBe(
      '<a href="/a"><strong>one</strong><em>two</em><strong><em>three</em></strong></a>',
    )
  })

  it('end where another begins', () => {
    expect(html(text('a', link('/a')), text('b', link('/b')))).toBe('<a href="/a">a</a><a href="/b">b</a>')
  })

  it('go around images and breaks too', () => {
    const a = link('/a')
    const image = { ...node('image', [], { src: 'https://a.storyblok.com/f/1/40x30/x/y.png' }), marks: [a] }
    expect(html(text('a', a), image, { type: 'hard_break', marks: [a] })).toBe(
      '<a href="/a">a<img src="https://a.storyblok.com/f/1/40x30/x/y.png" alt="" width="40" height="30"><br></a>',
    )
  })

  it('are around nothing that is not there', () => {
    const gone = { ...node('image', [], { src: 'javascript:alert(1)' }), marks: [link('/a')] }
    expect(html(text('a', 'bold'), text('', link('/a')), gone, text('b', 'bold'))).toBe('<strong>ab</strong>')
  })

  it('are all those of Storyblok', () => {
    const types = ['bold', 'italic', 'underline', 'strike', 'superscript', 'subscript', 'code', 'highlight']
    expect(types.map((type) => html(text('x', type))).join('')).toBe(
      '<strong>x</strong><em>x</em><u>x</u><s>x</s><sup>x</sup><sub>x</sub><code>x</code><mark>x</mark>',
    )
  })

  it('carry colours, classes and ids that are some, and are left out where nothing is left', () => {
    const marked = (type: string, attrs: object) => html(text('x', { type, attrs: { ...attrs } }))
    expect(marked('textStyle', { color: '#c00' })).toBe('<span style="color: #c00">x</span>')
    expect(marked('textStyle', { color: 'red; background: url(//evil.example)' })).toBe('x')
    expect(marked('highlight', { color: 'rgb(1 2 3 / 50%)' })).toBe(
      '<mark style="background-color: rgb(1 2 3 / 50%)">x</mark>',
    )
    expect(marked('highlight', { color: 'url(x)' })).toBe('<mark>x</mark>')
    expect(marked('styled', { class: 'note <b> big-2' })).toBe('<span class="note big-2">x</span>')
    expect(marked('anchor', { id: 'top' })).toBe('<span id="top">x</span>')
    expect(marked('anchor', { id: 'to p' })).toBe('x')
    expect(marked('anyone’s', {})).toBe('x')
  })
})

describe('links', () => {
  const a = (href: string, attrs: object = {}, options: object = {}): string =>
    renderRichText(doc(text('x', link(href, { ...attrs }))), { space, ...options })

  it.each([
    ['a story', { linktype: 'story' }, 'blog/hello', '<a href="/de/blog/hello">x</a>'],
    ['a story’s part', { linktype: 'story', anchor: 'top' }, 'blog', '<a href="/de/blog#top">x</a>'],
    ['a story that moved', { linktype: 'story', story: { full_slug: 'new' } }, 'old', '<a href="/de/new">x</a>'],
    ['an address', {}, 'mailto:a@example.com', '<a href="mailto:a@example.com">x</a>'],
    ['an e-mail', { linktype: 'email' }, 'a@example.com', '<a href="mailto:a@example.com">x</a>'],
    ['a broken anchor', { linktype: 'story', anchor: '\ud800' }, 'blog', '<a href="/de/blog#%EF%BF%BD">x</a>'],
  ])('go to %s', (_name, attrs, href, expected) => {
    expect(a(href, attrs, { language: 'de' })).toBe(expected)
  })

  it.each(['javascript:alert(1)', 'JAVA\nSCRIPT:alert(1)', 'data:text/html,x', 'vbscript:x', ''])(
    'are none for %j',
    (href) => {
      expect(a(href)).toBe('x')
    },
  )

  it('keep where they open, and give no hold on the page to a new window', () => {
    expect(a('/a', { target: '_blank' })).toBe('<a href="/a" target="_blank" rel="noopener">x</a>')
    expect(a('/a', { target: '_blank', rel: 'nofollow NOOPENER' })).toBe(
      '<a href="/a" target="_blank" rel="nofollow noopener">x</a>',
    )
    expect(a('/a', { target: '_self' })).toBe('<a href="/a">x</a>')
    expect(a('/a', { target: 'window7' })).toBe('<a href="/a">x</a>')
  })

  it('take custom attributes that are allowed, and no others', () => {
    const custom = {
      title: 'More',
      hreflang: 'de',
      class: 'cta',
      onclick: 'alert(1)',
      style: 'position: fixed',
      href: 'javascript:alert(1)',
      'data-campaign': 'spring',
      'data-hx-on': 'alert(1)',
    }
    expect(a('/a', { custom })).toBe('<a href="/a" title="More" class="cta" hreflang="de">x</a>')
    expect(a('/a', { custom }, { linkAttributes: ['data-campaign', 'onclick', 'style'] })).toBe(
      '<a href="/a" title="More" class="cta" hreflang="de" data-campaign="spring">x</a>',
    )
  })

  it('are full addresses where the site’s is given', () => {
    const options = { site: 'https://example.com' }
    expect(a('blog', { linktype: 'story' }, options)).toBe('<a href="https://example.com/blog">x</a>')
    expect(a('https://other.example/', {}, options)).toBe('<a href="https://other.example/">x</a>')
  })
})

describe('blocks', () => {
  it('are lists, quotes, rules and code', () => {
    const item = node('list_item', [node('paragraph', [text('x')])])
    expect(html(node('bullet_list', [item]))).toBe('<ul><li><p>x</p></li></ul>')
    expect(html(node('ordered_list', [item], { order: 3 }))).toBe('<ol start="3"><li><p>x</p></li></ol>')
    expect(html(node('ordered_list', [item], { order: 1 }))).toBe('<ol><li><p>x</p></li></ol>')
    expect(html(node('blockquote', [text('x')]), node('horizontal_rule'))).toBe('<blockquote>x</blockquote><hr>')
    expect(html(node('code_block', [text('a<b')], { class: 'language-js' }))).toBe(
      '<pre><code class="language-js">a&lt;b</code></pre>',
    )
  })

  it('have an alignment and a direction', () => {
    expect(html(node('paragraph', [text('x')], { textAlign: 'center', dir: 'rtl' }))).toBe(
      '<p dir="rtl" style="text-align: center">x</p>',
    )
    expect(html(node('paragraph', [text('x')], { textAlign: 'center; x: y', dir: 'up' }))).toBe('<p>x</p>')
  })

  it('are tables with a head', () => {
    const cell = (type: string, attrs = {}) => node(type, [text('x')], attrs)
    const head = node('tableRow', [cell('tableHeader'), cell('tableHeader', { colspan: 2, colwidth: [10, 20] })])
    const row = node('tableRow', [
      cell('tableHeader', { rowspan: 2 }),
      cell('tableCell', { colspan: -1, colwidth: null }),
    ])
    const last = node('tableRow', [cell('tableCell', { colspan: '9e9', backgroundColor: '#eee', colwidth: ['1px'] })])
    expect(html(node('table', [head, row, last]))).toBe(
      '<table><thead><tr><th scope="col">x</th><th scope="col" colspan="2" style="width: 30px">x</th></tr></thead>' +
        '<tbody><tr><th scope="row" rowspan="2">x</th><td>x</td></tr>' +
        '<tr><td style="background-color: #eee">x</td></tr></tbody></table>',
    )
  })

  it('that are not known keep what is in them', () => {
    expect(html(node('accordion', [node('paragraph', [text('x')])]), node('constructor', [text('y')]))).toBe(
      '<p>x</p>y',
    )
  })
})

describe('images and emoji', () => {
  it.each([
    ['https://example.com/a.png', 'https://example.com/a.png'],
    ['//a.storyblok.com/f/1/a.png', 'https://a.storyblok.com/f/1/a.png'],
    ['//a-us.storyblok.com/f/1/0x0/a.svg', 'https://a-us.storyblok.com/f/1/0x0/a.svg'],
  ])('are shown from %s', (src, shown) => {
    expect(html(node('image', [], { src, alt: 'A "b"', title: '<i>' }))).toBe(
      `<img src="${shown}" alt="A &quot;b&quot;" title="&lt;i&gt;">`,
    )
  })

  it.each([
    'javascript:alert(1)',
    'data:image/svg+xml,<svg onload=alert(1)>',
    '//evil.example/a.png',
    '/a.png',
    '',
    null,
  ])('are none for %j', (src) => {
    expect(html(node('image', [], { src }))).toBe('')
  })

  it('are a character, a picture, or the name', () => {
    const fallbackImage = 'https://cdn.example/cat.png'
    expect(html(node('emoji', [], { name: 'smile', emoji: '😄', fallbackImage }))).toBe(
      '<span data-emoji="smile">😄</span>',
    )
    expect(html(node('emoji', [], { name: 'cat', fallbackImage }))).toBe(
      '<img src="https://cdn.example/cat.png" alt="cat" width="20" height="20">',
    )
    expect(html(node('emoji', [], { name: 'cat', fallbackImage: 'javascript:x' }))).toBe(
      '<span data-emoji="cat">:cat:</span>',
    )
  })
})

describe('headings', () => {
  const heading = (words: string, attrs = {}) => node('heading', [text(words)], { level: 2, ...attrs })

  it('have ids made of their words, each once', () => {
    const ids = [
      ...html(
        ...['Who & why?', 'Straße', '日本語', 'Who? Why', 'who-why-2', 'who why', '…'].map((t) => heading(t)),
      ).matchAll(/id="(.*?)"/g),
    ]
    expect(ids.map(([, id]) => id)).toEqual(['who-why', 'straße', '日本語', 'who-why-2', 'who-why-2-2', 'who-why-3'])
  })

  it('leave ids to anchors, which links may point to, wherever they stand', () => {
    const anchor = text('x', { type: 'anchor', attrs: { id: 'intro' } })
    expect(html(heading('Intro'), anchor)).toBe('<h2 id="intro-2">Intro</h2><span id="intro">x</span>')
  })

  it('have none where the site wants none', () => {
    expect(renderRichText(doc(heading('Intro')), { space, headingIds: false })).toBe('<h2>Intro</h2>')
  })
})

describe('whatever is delivered', () => {
  const render = (value: Parameters<typeof renderRichText>[0]) =>
    renderRichText(value, { space, linkAttributes: ['data-track'] })

  it('is written with our tags and attributes only, no markup of its own, and addresses that run nothing', () => {
    fc.assert(
      fc.property(hostileDocs, (value) => {
        expect(problemsOf(render(value))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['an attribute of its own', '<a href="/" onclick="alert(1)">x</a>'],
    ['markup', '<p>"><img src=x onerror=alert(1)></p>'],
    ['a tag of its own', '<script>alert(1)'],
    ['an end of an attribute', '<img src="https://x.example/" onerror=alert(1) alt="">'],
    ['an address that runs code', '<a href="java&amp;script:x">x</a><a href="\u0001JavaScript:alert(1)">x</a>'],
    ['a style of its own', '<p style="color: url(x)">x</p>'],
  ])('would be found out for %s', (_name, written) => {
    expect(problemsOf(written)).toHaveLength(1)
  })

  it('leaves bloks out', () => {
    expect(html(text('a'), { type: 'blok', attrs: { body: [{ component: 'x', _uid: '1' }] } }, text('b'))).toBe('ab')
  })
})

const tags = new Set(
  'p h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code br hr img span table thead tbody tr th td a mark strong em u s sup sub'.split(
    ' ',
  ),
)
const attributes = new Set(
  'id class style dir start src alt title width height data-emoji colspan rowspan scope href target rel hreflang lang download aria-label data-track'.split(
    ' ',
  ),
)

/** Reads HTML as strictly as it is written; tells of everything else. */
function problemsOf(written: string): string[] {
  const problems: string[] = []
  const rest = written.replace(/<\/?([a-z][a-z\d]*)((?: [a-z-]+="[^"<>]*")*)>/g, (_tag, name: string, list: string) => {
    if (!tags.has(name)) problems.push(`tag ${name}`)
    for (const [, attribute = '', value = ''] of list.matchAll(/ ([a-z-]+)="([^"]*)"/g)) {
      if (!isSafe(attribute, value.replaceAll('&amp;', '&'))) problems.push(`${attribute}=${value}`)
    }
    return ''
  })
  if (/[<>]/.test(rest)) problems.push(`markup ${rest}`)
  return problems
}

function isSafe(attribute: string, value: string): boolean {
  if (attribute === 'style')
    return /^([a-z-]+: [\w#(). ,%/+-]+(; |$))+$/.test(value) && !/(url|expression)\(/i.test(value)
  if (attribute !== 'href' && attribute !== 'src') return attributes.has(attribute)
  if (!URL.canParse(value, 'https://site.example')) return true
  return /^(https?|mailto|tel|sms):$/.test(new URL(value, 'https://site.example').protocol)
}
