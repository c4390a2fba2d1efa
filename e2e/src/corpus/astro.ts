import { brotliCompressSync } from 'node:zlib'
import { preview, readToken } from './leak.ts'
import type { Files, Leak } from './leak.ts'

const page = (name: string, frontmatter: string, markup: string): Files => ({
  [`src/pages/${name}.astro`]: `---\n${frontmatter}\n---\n${markup}\n`,
})
const onDemand = 'export const prerender = false'
const token = `const token = ${readToken}`
/** How a page uses the token rightly: on the server, for what it shows. */
const used = `const count = (${readToken} ?? '').length`

/** A page with a client script, and the modules that this imports. */
const scripted = (name: string, script: string, modules: Files = {}): Files => ({
  ...page(name, '', `<p>${name}</p>\n<script>\n${script}\n</script>`),
  ...modules,
})
const siteRead = `import { Site } from '@keyblok/core/server'\nexport const read = () => String(Site)\n`
const typeOnly = `import type { Site } from '@keyblok/core/server'\nexport const read = (site?: Site) => typeof site\n`
const html = (name: string): RegExp => new RegExp(`dist/client/${name}/index\\.html:\\d+:\\d+ holds the preview token`)
const script = (name: string): RegExp => new RegExp(`from src/(pages|lib)/${name}\\.\\w+:\\d+:\\d+`)
const chain = (...modules: string[]): RegExp =>
  new RegExp(modules.map((module) => module.replaceAll('.', '\\.')).join(' imports\\s+'))

/** A leak in a prerendered page, and in its twin the use of the token on the server. */
const prerendered = (name: string, leaking: string, clean: string, code = ''): Leak => ({
  name,
  caughtBy: 'scan',
  leak: page(name, `${token}\n${code}`, leaking),
  twin: page(name, `${used}\n${code}`, clean),
  reports: html(name),
})

/** A file that is served as it is. */
const served = (name: string, path: string, content: (secret: string) => string): Leak => ({
  name,
  caughtBy: 'scan',
  leak: { [`public/${path}`]: content(preview) },
  twin: { [`public/${path}`]: content('none') },
  reports: new RegExp(`dist/client/${path.replaceAll('.', '\\.')}:\\d+:\\d+ holds the preview token`),
})

/** An endpoint whose answer is written when the site is built. */
const endpoint = (name: string, file: string, content: string): Leak => {
  const route = (value: string): Files => ({
    [`src/pages/${file}.ts`]: `export const GET = () => {\n  const secret = ${value}\n  return new Response(${content})\n}\n`,
  })
  return {
    name,
    caughtBy: 'scan',
    leak: route(readToken),
    twin: route(`typeof ${readToken}`),
    reports: new RegExp(`dist/client/${file.replaceAll('.', '\\.')}:\\d+:\\d+ holds the preview token`),
  }
}

/** A page on demand whose frontmatter answers with the secret. */
const answering = (name: string, leaking: string, clean: string, where: string, markup = '<p>fine</p>'): Leak => ({
  name,
  caughtBy: 'response',
  leak: page(name, `${onDemand}\n${token}\n${leaking}`, markup),
  twin: page(name, `${onDemand}\n${used}\n${clean}`, markup.replaceAll('token', 'count')),
  requests: [{ path: `/${name}` }],
  reports: new RegExp(`GET /${name} answered with the preview token \\(raw\\) in ${where}`),
})

const counter = `export default function Counter({ token, count }) { return <p>{count ?? typeof token}</p> }\n`

export const astroLeaks: readonly Leak[] = [
  // imports
  {
    name: 'import-direct',
    caughtBy: 'boundary',
    leak: scripted('import-direct', "import { Site } from '@keyblok/core/server'\nconsole.log(Site)"),
    twin: scripted('import-direct', "import { defineSpace } from '@keyblok/astro/stories'\nconsole.log(defineSpace)"),
    reports: /import-direct\.astro.* imports\s+@keyblok\/core\/server/,
  },
  {
    name: 'import-barrel',
    caughtBy: 'boundary',
    leak: scripted('import-barrel', "import { fine } from '../lib/import-barrel.ts'\nconsole.log(fine)", {
      'src/lib/import-barrel.ts': "export * from '@keyblok/astro/server'\nexport const fine = 1\n",
    }),
    twin: scripted('import-barrel', "import { fine } from '../lib/import-barrel.ts'\nconsole.log(fine)", {
      'src/lib/import-barrel.ts': "export type * from '@keyblok/astro/server'\nexport const fine = 1\n",
    }),
    reports: chain('src/lib/import-barrel.ts', '@keyblok/astro/server'),
  },
  {
    name: 'import-dynamic',
    caughtBy: 'boundary',
    leak: scripted('import-dynamic', "const { read } = await import('../lib/import-dynamic.ts')\nconsole.log(read())", {
      'src/lib/import-dynamic.ts': siteRead,
    }),
    twin: scripted('import-dynamic', "const { read } = await import('../lib/import-dynamic.ts')\nconsole.log(read())", {
      'src/lib/import-dynamic.ts': typeOnly,
    }),
    reports: chain('src/lib/import-dynamic.ts', '@keyblok/core/server'),
  },
  {
    name: 'import-worker',
    caughtBy: 'boundary',
    stopsEarly: true,
    leak: scripted(
      'import-worker',
      "new Worker(new URL('../lib/import-worker.ts', import.meta.url), { type: 'module' })",
      {
        'src/lib/import-worker.ts': `${siteRead}postMessage(read())\n`,
      },
    ),
    twin: scripted(
      'import-worker',
      "new Worker(new URL('../lib/import-worker.ts', import.meta.url), { type: 'module' })",
      {
        'src/lib/import-worker.ts': `${typeOnly}postMessage(read())\n`,
      },
    ),
    reports: chain('src/lib/import-worker.ts', '@keyblok/core/server'),
  },
  {
    name: 'import-island',
    caughtBy: 'boundary',
    leak: {
      'src/lib/ImportIsland.jsx': `${siteRead}export default () => <p>{read()}</p>\n`,
      ...page('import-island', "import Island from '../lib/ImportIsland.jsx'", '<Island client:load />'),
    },
    twin: {
      'src/lib/ImportIsland.jsx': 'export default ({ text }) => <p>{text}</p>\n',
      'src/lib/import-island.ts': siteRead,
      ...page(
        'import-island',
        "import Island from '../lib/ImportIsland.jsx'\nimport { read } from '../lib/import-island.ts'\nconst kind = read().slice(0, 5)",
        '<Island client:load text={kind} />',
      ),
    },
    reports: chain('src/lib/ImportIsland.jsx', '@keyblok/core/server'),
  },
  {
    name: 'import-own-file',
    caughtBy: 'boundary',
    leak: scripted('import-own-file', "import { limit } from '../secret/mail.ts'\nconsole.log(limit)", {
      'src/secret/mail.ts': 'export const limit = 3\nexport const key = () => process.env.APP_SECRET\n',
    }),
    twin: scripted('import-own-file', "import { limit } from '../lib/mail-limit.ts'\nconsole.log(limit)", {
      'src/lib/mail-limit.ts': 'export const limit = 3\n',
    }),
    reports: /import-own-file\.astro.* imports\s+src\/secret\/mail\.ts/,
  },

  // public variables
  {
    name: 'variable-public',
    caughtBy: 'variables',
    env: { PUBLIC_CMS: preview },
    leak: page('variable-public', '', '<p>{import.meta.env.PUBLIC_CMS}</p>'),
    twin: page('variable-public', '', '<p>{import.meta.env.PUBLIC_SITE}</p>'),
    reports: /PUBLIC_CMS holds the preview token\. Delete it, and read STORYBLOK_PREVIEW_TOKEN on the server\./,
  },
  {
    name: 'variable-named-like-a-token',
    caughtBy: 'variables',
    env: { PUBLIC_STORYBLOK_PREVIEW_TOKEN: 'unknownUNKNOWN' },
    leak: page('variable-named', '', '<p>{import.meta.env.PUBLIC_STORYBLOK_PREVIEW_TOKEN}</p>'),
    twin: page('variable-named', '', '<p>{import.meta.env.PUBLIC_STORYBLOK_SPACE}</p>'),
    reports: /PUBLIC_STORYBLOK_PREVIEW_TOKEN is named like an access token\. Rename it to STORYBLOK_PREVIEW_TOKEN\./,
  },

  // prerendered pages
  {
    name: 'island-prop',
    caughtBy: 'scan',
    leak: {
      'src/lib/IslandProp.jsx': counter,
      ...page(
        'island-prop',
        `import Counter from '../lib/IslandProp.jsx'\n${token}`,
        '<Counter client:load token={token} />',
      ),
    },
    twin: {
      'src/lib/IslandProp.jsx': counter,
      ...page(
        'island-prop',
        `import Counter from '../lib/IslandProp.jsx'\n${used}`,
        '<Counter client:load count={count} />',
      ),
    },
    reports: html('island-prop'),
  },
  prerendered('data-attribute', '<p data-token={token}>a</p>', '<p data-count={count}>a</p>'),
  prerendered(
    'define-vars',
    '<script define:vars={{ token }}>console.log(token)</script>',
    '<script define:vars={{ count }}>console.log(count)</script>',
  ),
  prerendered(
    'whole-client',
    '<p data-config={JSON.stringify(client)}>a</p>',
    '<p data-config={JSON.stringify({ region: client.region })}>a</p>',
    `const client = { region: 'eu', accessToken: ${readToken} }`,
  ),
  prerendered(
    'error-message',
    '<pre>{error.message}</pre>',
    '<pre>{error.message.replace(/\\?.*/, "")}</pre>',
    `const error = new Error('https://api.example/v2/cdn/stories?token=' + ${readToken} + ' answered 500')`,
  ),
  prerendered(
    'json-ld',
    '<script type="application/ld+json" set:html={JSON.stringify({ "@type": "WebSite", url: "https://api.example/?token=" + token })} />',
    '<script type="application/ld+json" set:html={JSON.stringify({ "@type": "WebSite", url: "https://api.example/" })} />',
  ),
  prerendered(
    'link-preload',
    '<link rel="preload" as="fetch" href={`https://api.example/v2/cdn/stories?token=${token}`} />',
    '<link rel="preload" as="fetch" href="/stories.json" />',
  ),
  prerendered(
    'image-url',
    '<img alt="" src={`https://a.example/f/1/x.jpg?token=${token}`} />',
    '<img alt="" src="https://a.example/f/1/x.jpg" />',
  ),
  prerendered('html-comment', '<!-- {token} --><Fragment set:html={`<!-- ${token} -->`} />', '<!-- fine -->'),
  prerendered(
    'form-field',
    '<input type="hidden" name="t" value={token} />',
    '<input type="hidden" name="t" value={count} />',
  ),
  prerendered(
    'style-attribute',
    '<p style={`background: url("https://a.example/?t=${encodeURIComponent(token ?? "")}")`}>a</p>',
    '<p style="background: none">a</p>',
  ),
  prerendered('base64-in-page', '<p data-x={btoa(`user:${token}`)}>a</p>', '<p data-x={btoa(`user:${count}`)}>a</p>'),
  prerendered(
    'meta-refresh',
    '<meta http-equiv="refresh" content={`0; url=https://editor.example/?t=${token}`} />',
    '<meta http-equiv="refresh" content="0; url=https://editor.example/" />',
  ),
  {
    name: 'awkward-secret',
    caughtBy: 'scan',
    leak: page(
      'awkward-secret',
      'const secret = process.env.APP_SECRET',
      '<p data-config={JSON.stringify({ secret })}>a</p>',
    ),
    twin: page(
      'awkward-secret',
      'const secret = process.env.APP_SECRET',
      '<p data-config={JSON.stringify({ has: Boolean(secret) })}>a</p>',
    ),
    reports: /dist\/client\/awkward-secret\/index\.html:\d+:\d+ holds the secret APP_SECRET \(JSON in HTML\)/,
  },
  endpoint('data-file', 'data-file.json', 'JSON.stringify({ config: { secret } })'),
  endpoint('sitemap', 'sitemap-leak.xml', '`<urlset><url><loc>https://site.example/?t=${secret}</loc></url></urlset>`'),
  endpoint('feed', 'feed.xml', '`<rss><channel><link>https://site.example/?t=${secret}</link></channel></rss>`'),
  endpoint('web-manifest', 'leak.webmanifest', 'JSON.stringify({ start_url: `/?t=${secret}` })'),

  // client code
  {
    name: 'define',
    caughtBy: 'scan',
    leak: scripted('define', 'console.log(__CMS_TOKEN__)'),
    twin: scripted('define', 'console.log(__CMS_REGION__)'),
    reports: /from src\/pages\/define\.astro/,
  },
  {
    name: 'literal',
    caughtBy: 'scan',
    leak: scripted('literal', "import { token } from '../lib/literal.ts'\nconsole.log(token)", {
      'src/lib/literal.ts': `// the CMS\nexport const token = '${preview}'\n`,
    }),
    twin: scripted('literal', "import { token } from '../lib/literal.ts'\nconsole.log(token)", {
      'src/lib/literal.ts': "// the CMS\nexport const token = 'none'\n",
    }),
    reports: /from src\/lib\/literal\.ts:2:23\s+.*literal\.astro.* imports\s+src\/lib\/literal\.ts/,
  },
  {
    name: 'template-concatenated',
    caughtBy: 'scan',
    leak: scripted(
      'template-concatenated',
      `const a = '${preview.slice(0, 9)}'\nconsole.log(\`\${a}${preview.slice(9)}\`)`,
    ),
    twin: scripted('template-concatenated', "const a = 'no'\nconsole.log(`${a}ne`)"),
    reports: /from src\/pages\/template-concatenated\.astro|template-concatenated\S* holds the preview token/,
  },
  {
    name: 'base64-in-script',
    caughtBy: 'scan',
    leak: scripted(
      'base64-in-script',
      `fetch('/api', { headers: { Authorization: 'Basic ${btoa(`id:${preview}`)}' } })`,
    ),
    twin: scripted('base64-in-script', `fetch('/api', { headers: { Accept: '${btoa('nothing to hide at all')}' } })`),
    reports: script('base64-in-script'),
  },
  {
    name: 'source-map-only',
    caughtBy: 'scan',
    leak: scripted('source-map-only', "import { text } from '../lib/source-map-only.ts'\nconsole.log(text)", {
      'src/lib/source-map-only.ts': `// like ${preview}\nexport const text = new Date().toString()\n`,
    }),
    twin: scripted('source-map-only', "import { text } from '../lib/source-map-only.ts'\nconsole.log(text)", {
      'src/lib/source-map-only.ts': '// like any other\nexport const text = new Date().toString()\n',
    }),
    reports: /\.map:1:\d+ holds the preview token \(raw\)\s+from src\/lib\/source-map-only\.ts:1:9/,
  },
  {
    name: 'css-url',
    caughtBy: 'scan',
    leak: {
      ...page('css-url', "import '../lib/css-url.css'", '<p class="css-url">a</p>'),
      'src/lib/css-url.css': `.css-url { background: url("https://a.example/x.png?token=${preview}") }\n`,
    },
    twin: {
      ...page('css-url', "import '../lib/css-url.css'", '<p class="css-url">a</p>'),
      'src/lib/css-url.css': '.css-url { background: url("https://a.example/x.png") }\n',
    },
    reports: /css-url\S*:\d+:\d+ holds the preview token|from src\/lib\/css-url\.css/,
  },
  {
    name: 'unknown-token',
    caughtBy: 'scan',
    leak: scripted('unknown-token', "fetch('https://api.storyblok.com/v2/cdn/stories?token=Ab3dEfGh1jKlMn0pQrSt45tt')"),
    twin: scripted('unknown-token', "fetch('https://a.storyblok.com/f/1/Ab3dEfGh1jKlMn0pQrSt45tt.json')"),
    reports: /holds what looks like a Storyblok access token\s+from src\/pages\/unknown-token\.astro/,
  },

  // files that are served as they are
  served('public-file', 'public-file.json', (secret) => JSON.stringify({ token: secret })),
  served('service-worker', 'sw.js', (secret) => `addEventListener('fetch', () => fetch('/x?token=${secret}'))\n`),
  served('host-headers', '_headers', (secret) => `/api/*\n  X-Token: ${secret}\n`),
  served('host-redirects', '_redirects', (secret) => `/old https://new.example/?t=${secret} 301\n`),
  {
    name: 'compressed-file',
    caughtBy: 'scan',
    leak: { 'public/compressed.js.br': brotliCompressSync(`const token = "${preview}"`) },
    twin: { 'public/compressed.js.br': brotliCompressSync('const token = "none"') },
    reports: /dist\/client\/compressed\.js\.br:1:16 holds the preview token/,
  },
  {
    name: 'inlined-script-on-demand',
    caughtBy: 'scan',
    leak: page('inlined-on-demand', onDemand, `<script>console.log('${preview}')</script>`),
    twin: page('inlined-on-demand', onDemand, "<script>console.log('none')</script>"),
    reports: /from src\/pages\/inlined-on-demand\.astro:\d+:\d+/,
  },
  {
    name: 'markup-on-demand',
    caughtBy: 'scan',
    leak: page('markup-on-demand', onDemand, `<script is:inline src="/x.js?token=${preview}"></script>`),
    twin: page('markup-on-demand', onDemand, '<script is:inline src="/x.js"></script>'),
    reports: /from src\/pages\/markup-on-demand\.astro:\d+:\d+/,
  },

  // answers at run time
  answering('body-on-demand', '', '', 'its body', '<p data-token={token}>a</p>'),
  answering(
    'redirect',
    'return Astro.redirect(`/target?token=${token}`)',
    "return Astro.redirect('/target')",
    'the header location',
  ),
  answering(
    'cookie',
    "Astro.cookies.set('t', token)",
    "Astro.cookies.set('t', count.toString())",
    'the header set-cookie',
  ),
  answering(
    'header',
    "Astro.response.headers.set('X-Debug', token)",
    "Astro.response.headers.set('X-Debug', String(count))",
    'the header x-debug',
  ),
  answering(
    'error-on-demand',
    "let shown = ''\ntry { throw new Error(`https://api.example/?token=${token}`) } catch (error) { shown = error.message }",
    "let shown = ''\ntry { throw new Error('https://api.example/') } catch (error) { shown = error.message }",
    'its body',
    '<pre>{shown}</pre>',
  ),
  {
    name: 'endpoint-on-demand',
    caughtBy: 'response',
    leak: {
      'src/pages/endpoint.json.ts': `${onDemand}\nexport const GET = () => Response.json({ token: ${readToken} })\n`,
    },
    twin: {
      'src/pages/endpoint.json.ts': `${onDemand}\nexport const GET = () => Response.json({ has: Boolean(${readToken}) })\n`,
    },
    requests: [{ path: '/endpoint.json' }],
    reports: /GET \/endpoint\.json answered with the preview token \(raw\) in its body/,
  },
  {
    name: 'streamed',
    caughtBy: 'response',
    leak: {
      'src/pages/streamed.ts': `${onDemand}\nexport const GET = () => {\n  const token = ${readToken} ?? ''\n  return new Response(new ReadableStream({ start(controller) {\n    for (const character of token) controller.enqueue(new TextEncoder().encode(character))\n    controller.close()\n  } }))\n}\n`,
    },
    twin: {
      'src/pages/streamed.ts': `${onDemand}\nexport const GET = () => new Response(new Blob(['fine']).stream())\n`,
    },
    requests: [{ path: '/streamed' }],
    reports: /GET \/streamed answered with the preview token \(raw\) in its body/,
  },
  {
    name: 'form-result',
    caughtBy: 'response',
    leak: page(
      'form-result',
      `${onDemand}\n${token}\nconst posted = Astro.request.method === 'POST'`,
      '<p>{posted && `sent with ${token}`}</p>',
    ),
    twin: page(
      'form-result',
      `${onDemand}\n${used}\nconst posted = Astro.request.method === 'POST'`,
      '<p>{posted && `sent ${count}`}</p>',
    ),
    requests: [{ path: '/form-result', init: { method: 'POST', body: new URLSearchParams({ a: '1' }) } }],
    reports: /POST \/form-result answered with the preview token \(raw\) in its body/,
  },
  {
    name: 'action-result',
    caughtBy: 'response',
    leak: {
      'src/actions/index.ts': `import { defineAction } from 'astro:actions'\nexport const server = { leak: defineAction({ handler: () => ({ token: ${readToken} }) }) }\n`,
    },
    twin: {
      'src/actions/index.ts': `import { defineAction } from 'astro:actions'\nexport const server = { leak: defineAction({ handler: () => ({ has: Boolean(${readToken}) }) }) }\n`,
    },
    requests: [
      { path: '/_actions/leak', init: { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } } },
    ],
    reports: /POST \/_actions\/leak answered with the preview token \(raw\) in its body/,
  },
  {
    name: 'server-island-prop',
    caughtBy: 'response',
    leak: {
      'src/lib/ServerIsland.astro': '---\nconst { token } = Astro.props\n---\n<p data-token={token}>island</p>\n',
      ...page(
        'server-island',
        `${onDemand}\nimport Island from '../lib/ServerIsland.astro'\n${token}`,
        '<Island server:defer token={token} />',
      ),
    },
    twin: {
      'src/lib/ServerIsland.astro': '---\nconst { count } = Astro.props\n---\n<p data-count={count}>island</p>\n',
      ...page(
        'server-island',
        `${onDemand}\nimport Island from '../lib/ServerIsland.astro'\n${used}`,
        '<Island server:defer count={count} />',
      ),
    },
    requests: [
      {
        path: '/server-island',
        next: (body) => (/["'](\/_server-islands\/[^"']+)/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&'),
      },
      { path: '' },
    ],
    reports: /GET \/_server-islands\/\S+ answered with the preview token \(raw\) in its body/,
  },
]
