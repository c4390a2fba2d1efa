import { gzipSync } from 'node:zlib'
import { preview, readToken } from './leak.ts'
import type { Files, Leak } from './leak.ts'

const onDemand = 'export const prerender = false\n'
const token = `const token = ${readToken}`
/** How server code uses the token rightly: for what it answers. */
const used = `const count = (${readToken} ?? '').length`

const route = (name: string, files: Readonly<Record<string, string>>): Files =>
  Object.fromEntries(Object.entries(files).map(([file, content]) => [`src/routes/${name}/${file}`, content]))
const showData = '<script>\n  let { data } = $props()\n</script>\n<p>{JSON.stringify(data)}</p>\n'
const siteRead = `import { Site } from '@keyblok/core/server'\nexport const read = () => String(Site)\n`
const typeOnly = `import type { Site } from '@keyblok/core/server'\nexport const read = (site?: Site) => typeof site\n`
const script = (code: string, markup = '<p>a</p>'): string => `<script>\n${code}\n</script>\n${markup}\n`
const chain = (...modules: string[]): RegExp =>
  new RegExp(modules.map((module) => module.replaceAll(/[.+]/g, String.raw`\$&`)).join(String.raw` imports\s+`))
const written = (path: string): RegExp => new RegExp(`\\.svelte-kit/output/${path}:\\d+:\\d+ holds the preview token`)

/** A prerendered page whose server load gives the secret away. */
const loaded = (name: string, leaking: string, clean: string, page = showData): Leak => ({
  name,
  caughtBy: 'scan',
  leak: route(name, {
    '+page.server.js': `export const load = () => {\n  ${token}\n  ${leaking}\n}\n`,
    '+page.svelte': page,
  }),
  twin: route(name, {
    '+page.server.js': `export const load = () => {\n  ${used}\n  ${clean}\n}\n`,
    '+page.svelte': page,
  }),
  reports: written(`prerendered/(pages|dependencies)/${name}\\S*`),
})

/** A prerendered endpoint. */
const endpoint = (name: string, path: string, content: string): Leak => {
  const files = (value: string): Files =>
    route(path, {
      '+server.js': `export const prerender = true\nexport const GET = () => {\n  const secret = ${value}\n  return new Response(${content})\n}\n`,
    })
  return {
    name,
    caughtBy: 'scan',
    leak: files(readToken),
    twin: files(`typeof ${readToken}`),
    reports: written(`prerendered/pages/${path.replaceAll('.', String.raw`\.`)}`),
  }
}

/** A page whose code for the browser holds the secret. */
const inClient = (
  name: string,
  leaking: string,
  clean: string,
  reports: RegExp,
  modules: [Files, Files] = [{}, {}],
): Leak => ({
  name,
  caughtBy: 'scan',
  leak: { ...route(name, { '+page.svelte': leaking }), ...modules[0] },
  twin: { ...route(name, { '+page.svelte': clean }), ...modules[1] },
  reports,
})

/** A file that is served as it is. */
const served = (name: string, path: string, content: (secret: string) => string): Leak => ({
  name,
  caughtBy: 'scan',
  leak: { [`static/${path}`]: content(preview) },
  twin: { [`static/${path}`]: content('none') },
  reports: written(`client/${path.replaceAll('.', String.raw`\.`)}`),
})

/** A page on demand whose server load answers with the secret. */
const answering = (name: string, leaking: string, clean: string, where: string, path = `/${name}`): Leak => ({
  name,
  caughtBy: 'response',
  leak: route(name, {
    '+page.server.js': `import { error, redirect } from '@sveltejs/kit'\n${onDemand}export const load = async ({ cookies, setHeaders }) => {\n  ${token}\n  ${leaking}\n}\n`,
    '+page.svelte': showData,
  }),
  twin: route(name, {
    '+page.server.js': `import { error, redirect } from '@sveltejs/kit'\n${onDemand}export const load = async ({ cookies, setHeaders }) => {\n  ${used}\n  ${clean}\n}\n`,
    '+page.svelte': showData,
  }),
  requests: [{ path }],
  reports: new RegExp(`GET ${path} answered with the preview token \\(raw\\) in ${where}`),
})

const worker = (name: string): string =>
  script(
    `if (typeof Worker !== 'undefined') new Worker(new URL('../../lib/${name}.ts', import.meta.url), { type: 'module' })`,
  )

const remote = (kind: string, result: string): string =>
  `import { ${kind} } from '$app/server'\nexport const leak = ${kind}(async () => {\n  ${result}\n})\n`

export const svelteKitLeaks: readonly Leak[] = [
  // imports
  {
    name: 'import-direct',
    caughtBy: 'boundary',
    leak: route('import-direct', {
      '+page.svelte': script("import { Site } from '@keyblok/core/server'\nconsole.log(Site)"),
    }),
    twin: route('import-direct', {
      '+page.svelte': script("import { defineSpace } from '@keyblok/sveltekit/stories'\nconsole.log(defineSpace)"),
    }),
    reports: chain('src/routes/import-direct/+page.svelte', '@keyblok/core/server'),
  },
  {
    name: 'import-barrel',
    caughtBy: 'boundary',
    leak: {
      ...route('import-barrel', {
        '+page.svelte': script("import { fine } from '#lib/import-barrel.ts'\nconsole.log(fine)"),
      }),
      'src/lib/import-barrel.ts': "export * from '@keyblok/sveltekit/server'\nexport const fine = 1\n",
    },
    twin: {
      ...route('import-barrel', {
        '+page.svelte': script("import { fine } from '#lib/import-barrel.ts'\nconsole.log(fine)"),
      }),
      'src/lib/import-barrel.ts': "export type * from '@keyblok/sveltekit/server'\nexport const fine = 1\n",
    },
    reports: chain('src/routes/import-barrel/+page.svelte', 'src/lib/import-barrel.ts', '@keyblok/sveltekit/server'),
  },
  {
    name: 'import-dynamic',
    caughtBy: 'boundary',
    leak: {
      ...route('import-dynamic', {
        '+page.svelte': script("const lazy = () => import('#lib/import-dynamic.ts')\nconsole.log(lazy)"),
      }),
      'src/lib/import-dynamic.ts': siteRead,
    },
    twin: {
      ...route('import-dynamic', {
        '+page.svelte': script("const lazy = () => import('#lib/import-dynamic.ts')\nconsole.log(lazy)"),
      }),
      'src/lib/import-dynamic.ts': typeOnly,
    },
    reports: chain('src/lib/import-dynamic.ts', '@keyblok/core/server'),
  },
  {
    name: 'import-worker',
    caughtBy: 'boundary',
    stopsEarly: true,
    leak: {
      ...route('import-worker', { '+page.svelte': worker('import-worker') }),
      'src/lib/import-worker.ts': `${siteRead}postMessage(read())\n`,
    },
    twin: {
      ...route('import-worker', { '+page.svelte': worker('import-worker') }),
      'src/lib/import-worker.ts': `${typeOnly}postMessage(read())\n`,
    },
    reports: chain('src/lib/import-worker.ts', '@keyblok/core/server'),
  },
  {
    name: 'import-in-universal-load',
    caughtBy: 'boundary',
    leak: route('import-universal', {
      '+page.js': "import { Site } from '@keyblok/core/server'\nexport const load = () => ({ name: Site.name })\n",
      '+page.svelte': showData,
    }),
    twin: route('import-universal', {
      '+page.server.js':
        "import { Site } from '@keyblok/core/server'\nexport const load = () => ({ name: Site.name })\n",
      '+page.svelte': showData,
    }),
    reports: chain('src/routes/import-universal/+page.js', '@keyblok/core/server'),
  },
  {
    name: 'import-own-file',
    caughtBy: 'boundary',
    leak: {
      ...route('import-own-file', {
        '+page.svelte': script("import { limit } from '../../secret/mail.ts'\nconsole.log(limit)"),
      }),
      'src/secret/mail.ts': 'export const limit = 3\nexport const key = () => process.env.APP_SECRET\n',
    },
    twin: {
      ...route('import-own-file', {
        '+page.svelte': script("import { limit } from '#lib/mail-limit.ts'\nconsole.log(limit)"),
      }),
      'src/lib/mail-limit.ts': 'export const limit = 3\n',
    },
    reports: chain('src/routes/import-own-file/+page.svelte', 'src/secret/mail.ts'),
  },

  // public variables
  {
    name: 'variable-public',
    caughtBy: 'variables',
    env: { PUBLIC_CMS: preview },
    leak: route('variable-public', { '+page.svelte': '<p>a</p>' }),
    twin: route('variable-public', { '+page.svelte': '<p>a</p>' }),
    reports: /PUBLIC_CMS holds the preview token\. Delete it, and read STORYBLOK_PREVIEW_TOKEN on the server\./,
  },
  {
    name: 'variable-of-vite',
    caughtBy: 'variables',
    env: { VITE_STORYBLOK_DELIVERY_API_TOKEN: 'unknownUNKNOWN' },
    leak: route('variable-vite', {
      '+page.svelte': script('console.log(import.meta.env.VITE_STORYBLOK_DELIVERY_API_TOKEN)'),
    }),
    twin: route('variable-vite', { '+page.svelte': script('console.log(import.meta.env.VITE_SITE)') }),
    reports: /VITE_STORYBLOK_DELIVERY_API_TOKEN is named like an access token\. Rename it to STORYBLOK_PUBLIC_TOKEN or/,
  },

  // what loads return, in prerendered pages and their data
  loaded('load-result', 'return { token }', 'return { count }'),
  loaded(
    'whole-client',
    "return { client: { region: 'eu', accessToken: token } }",
    "return { client: { region: 'eu', requests: count } }",
  ),
  loaded(
    'error-message',
    'return { problem: new Error(`https://api.example/?token=${token} answered 500`).message }',
    "return { problem: new Error('https://api.example/ answered 500').message }",
  ),
  loaded(
    'streamed-data',
    'return { later: Promise.resolve({ token }) }',
    'return { later: Promise.resolve({ count }) }',
    '<p>a</p>\n',
  ),
  loaded(
    'nested-data',
    'return { a: [{ b: new Map([["t", token]]) }] }',
    'return { a: [{ b: new Map([["t", count]]) }] }',
    '<p>a</p>\n',
  ),
  loaded(
    'json-ld',
    'return { ld: JSON.stringify({ url: `https://api.example/?token=${token}` }) }',
    'return { ld: JSON.stringify({ url: "https://api.example/", count }) }',
    '<script>\n  let { data } = $props()\n</script>\n<svelte:head>{@html `<script type="application/ld+json">${data.ld}</` + `script>`}</svelte:head>\n',
  ),
  loaded(
    'link-preload',
    'return { url: `https://api.example/v2/cdn/stories?token=${token}` }',
    'return { url: `/stories.json?count=${count}` }',
    '<script>\n  let { data } = $props()\n</script>\n<svelte:head><link rel="preload" as="fetch" href={data.url} /></svelte:head>\n',
  ),
  loaded(
    'image-url',
    'return { url: `https://a.example/x.jpg?token=${token}` }',
    'return { url: `https://a.example/x.jpg?w=${count}` }',
    '<script>\n  let { data } = $props()\n</script>\n<img alt="" src={data.url} />\n',
  ),
  {
    name: 'awkward-secret',
    caughtBy: 'scan',
    leak: route('awkward-secret', {
      '+page.server.js': 'export const load = () => ({ secret: process.env.APP_SECRET })\n',
      '+page.svelte': showData,
    }),
    twin: route('awkward-secret', {
      '+page.server.js': 'export const load = () => ({ has: Boolean(process.env.APP_SECRET) })\n',
      '+page.svelte': showData,
    }),
    reports: /prerendered\/\S*awkward-secret\S*:\d+:\d+ holds the secret APP_SECRET/,
  },
  {
    name: 'fetch-in-universal-load',
    caughtBy: 'scan',
    leak: {
      ...route('universal-fetch', {
        '+page.js': `import { apiUrl } from '#lib/universal-fetch.js'\nexport const load = async ({ fetch }) => ({ text: await (await fetch(apiUrl)).text() })\n`,
        '+page.svelte': showData,
      }),
      'src/lib/universal-fetch.js': `export const apiUrl = '/stories.json?token=${preview}'\n`,
      ...route('stories.json', {
        '+server.js': "export const prerender = true\nexport const GET = () => new Response('{}')\n",
      }),
    },
    twin: {
      ...route('universal-fetch', {
        '+page.js': `import { apiUrl } from '#lib/universal-fetch.js'\nexport const load = async ({ fetch }) => ({ text: await (await fetch(apiUrl)).text() })\n`,
        '+page.svelte': showData,
      }),
      'src/lib/universal-fetch.js': "export const apiUrl = '/stories.json'\n",
      ...route('stories.json', {
        '+server.js': "export const prerender = true\nexport const GET = () => new Response('{}')\n",
      }),
    },
    reports: /from src\/lib\/universal-fetch\.js:1:44\s+(.*imports\s+)+src\/lib\/universal-fetch\.js/,
  },
  endpoint('data-file', 'data-file.json', 'JSON.stringify({ config: { secret } })'),
  endpoint('sitemap', 'sitemap.xml', '`<urlset><url><loc>https://site.example/?t=${secret}</loc></url></urlset>`'),
  endpoint('feed', 'feed.xml', '`<rss><channel><link>https://site.example/?t=${secret}</link></channel></rss>`'),
  {
    name: 'prerendered-redirect',
    caughtBy: 'scan',
    leak: route('old-page', {
      '+page.server.js': `import { redirect } from '@sveltejs/kit'\nexport const load = () => redirect(308, '/?t=' + ${readToken})\n`,
      '+page.svelte': '<p>a</p>',
    }),
    twin: route('old-page', {
      '+page.server.js': "import { redirect } from '@sveltejs/kit'\nexport const load = () => redirect(308, '/')\n",
      '+page.svelte': '<p>a</p>',
    }),
    reports: written(String.raw`prerendered/\S*old-page\S*`),
  },
  {
    name: 'prerendered-remote-function',
    caughtBy: 'scan',
    leak: {
      'src/lib/leak.remote.js': remote('prerender', `return { token: ${readToken} }`),
      ...route('remote-prerendered', {
        '+page.svelte': script("import { leak } from '#lib/leak.remote.js'", '<p>{JSON.stringify(await leak())}</p>'),
      }),
    },
    twin: {
      'src/lib/leak.remote.js': remote('prerender', `return { has: Boolean(${readToken}) }`),
      ...route('remote-prerendered', {
        '+page.svelte': script("import { leak } from '#lib/leak.remote.js'", '<p>{JSON.stringify(await leak())}</p>'),
      }),
    },
    reports: written(String.raw`prerendered/data/_app/remote/\S+/leak`),
  },

  // client code
  inClient(
    'define',
    script('console.log(__CMS_TOKEN__)'),
    script('console.log(__CMS_REGION__)'),
    /from src\/routes\/define\/\+page\.svelte/,
  ),
  inClient(
    'literal',
    script("import { token } from '#lib/literal.js'\nconsole.log(token)"),
    script("import { token } from '#lib/literal.js'\nconsole.log(token)"),
    /from src\/lib\/literal\.js:2:23\s+(.*imports\s+)*src\/routes\/literal\/\+page\.svelte imports\s+src\/lib\/literal\.js/,
    [
      { 'src/lib/literal.js': `// the CMS\nexport const token = '${preview}'\n` },
      { 'src/lib/literal.js': "// the CMS\nexport const token = 'none'\n" },
    ],
  ),
  inClient(
    'template-concatenated',
    script(`const a = '${preview.slice(0, 9)}'\nconsole.log(\`\${a}${preview.slice(9)}\`)`),
    script("const a = 'no'\nconsole.log(`${a}ne`)"),
    /from src\/routes\/template-concatenated\/\+page\.svelte/,
  ),
  inClient(
    'base64-in-script',
    script(
      `const load = () => fetch('/api', { headers: { Authorization: 'Basic ${btoa(`id:${preview}`)}' } })`,
      '<button onclick={load}>a</button>',
    ),
    script("const load = () => fetch('/api')", '<button onclick={load}>a</button>'),
    /from src\/routes\/base64-in-script\/\+page\.svelte:2:/,
  ),
  inClient(
    'source-map-only',
    script("import { text } from '#lib/source-map-only.js'\nconsole.log(text)"),
    script("import { text } from '#lib/source-map-only.js'\nconsole.log(text)"),
    /\.map:1:\d+ holds the preview token \(raw\)\s+from src\/lib\/source-map-only\.js:1:9/,
    [
      { 'src/lib/source-map-only.js': `// like ${preview}\nexport const text = new Date().toString()\n` },
      { 'src/lib/source-map-only.js': '// like any other\nexport const text = new Date().toString()\n' },
    ],
  ),
  inClient(
    'css-url',
    `<p class="a">a</p>\n<style>\n  .a { background: url("https://a.example/x.png?token=${preview}") }\n</style>\n`,
    '<p class="a">a</p>\n<style>\n  .a { background: url("https://a.example/x.png") }\n</style>\n',
    /from src\/routes\/css-url\/\+page\.svelte:3:/,
  ),
  inClient(
    'unknown-token',
    script(
      "const load = () => fetch('https://api.storyblok.com/v2/cdn/stories?token=Ab3dEfGh1jKlMn0pQrSt45tt')",
      '<button onclick={load}>a</button>',
    ),
    script(
      "const load = () => fetch('https://a.storyblok.com/f/1/Ab3dEfGh1jKlMn0pQrSt45tt.json')",
      '<button onclick={load}>a</button>',
    ),
    /holds what looks like a Storyblok access token\s+from src\/routes\/unknown-token\/\+page\.svelte/,
  ),
  inClient(
    'public-declaration',
    script("import { CMS_KEY } from '$app/env/public'\nconsole.log(CMS_KEY)"),
    script("import { CMS_REGION } from '$app/env/public'\nconsole.log(CMS_REGION)"),
    /holds the preview token \(raw\)\s+from \S*env\S*|env\S*:\d+:\d+ holds the preview token/,
  ),

  // files that are served as they are
  served('static-file', 'public-file.json', (secret) => JSON.stringify({ token: secret })),
  served('host-headers', '_headers', (secret) => `/api/*\n  X-Token: ${secret}\n`),
  {
    name: 'compressed-file',
    caughtBy: 'scan',
    leak: { 'static/compressed.js.gz': gzipSync(`const token = "${preview}"`) },
    twin: { 'static/compressed.js.gz': gzipSync('const token = "none"') },
    reports: written(String.raw`client/compressed\.js\.gz`),
  },
  {
    name: 'service-worker',
    caughtBy: 'scan',
    // Written last, after what else is found has stopped the build.
    stopsEarly: true,
    leak: { 'src/service-worker.js': `addEventListener('fetch', () => fetch('/x?token=${preview}'))\n` },
    twin: { 'src/service-worker.js': "addEventListener('fetch', () => fetch('/x'))\n" },
    reports: /service-worker\.js:\d+:\d+ holds the preview token/,
  },
  {
    name: 'app-template',
    caughtBy: 'scan',
    leak: {
      'src/app.html': `<!doctype html>\n<script src="/x.js?t=${preview}"></script>%sveltekit.head%\n<div>%sveltekit.body%</div>\n`,
    },
    twin: {
      'src/app.html': '<!doctype html>\n<script src="/x.js"></script>%sveltekit.head%\n<div>%sveltekit.body%</div>\n',
    },
    reports: /src\/app\.html:2:22 holds the preview token/,
  },

  // answers at run time
  answering('load-on-demand', 'return { token }', 'return { count }', 'its body'),
  answering('data-on-demand', 'return { token }', 'return { count }', 'its body', '/data-on-demand/__data.json'),
  answering('redirect', 'redirect(307, `/target?t=${token}`)', "redirect(307, '/target')", 'the header location'),
  answering('cookie', "cookies.set('t', token)", "cookies.set('t', String(count))", 'the header set-cookie'),
  answering(
    'header',
    "setHeaders({ 'X-Debug': token })",
    "setHeaders({ 'X-Debug': String(count) })",
    'the header x-debug',
  ),
  answering(
    'expected-error',
    'error(418, `refused https://api.example/?token=${token}`)',
    "error(418, 'refused')",
    'its body',
  ),
  answering(
    'streamed',
    'return { later: new Promise((resolve) => setTimeout(resolve, 50, { token })) }',
    'return { later: Promise.resolve(count) }',
    'its body',
  ),
  {
    name: 'endpoint-on-demand',
    caughtBy: 'response',
    leak: route('endpoint.json', {
      '+server.js': `${onDemand}export const GET = () => Response.json({ token: ${readToken} })\n`,
    }),
    twin: route('endpoint.json', {
      '+server.js': `${onDemand}export const GET = () => Response.json({ has: Boolean(${readToken}) })\n`,
    }),
    requests: [{ path: '/endpoint.json' }],
    reports: /GET \/endpoint\.json answered with the preview token \(raw\) in its body/,
  },
  {
    name: 'action-result',
    caughtBy: 'response',
    leak: route('action', {
      '+page.server.js': `${onDemand}export const actions = { default: () => ({ token: ${readToken} }) }\n`,
      '+page.svelte': script('let { form } = $props()', '<p>{JSON.stringify(form)}</p>'),
    }),
    twin: route('action', {
      '+page.server.js': `${onDemand}export const actions = { default: () => ({ has: Boolean(${readToken}) }) }\n`,
      '+page.svelte': script('let { form } = $props()', '<p>{JSON.stringify(form)}</p>'),
    }),
    requests: [{ path: '/action', init: { method: 'POST', body: new URLSearchParams({ a: '1' }) } }],
    reports: /POST \/action answered with the preview token \(raw\) in its body/,
  },
  {
    name: 'remote-query',
    caughtBy: 'response',
    leak: {
      'src/lib/query.remote.js': remote('query', `return { token: ${readToken} }`),
      ...route('remote-query', {
        '+page.server.js': onDemand,
        '+page.svelte': script("import { leak } from '#lib/query.remote.js'", '<p>{JSON.stringify(await leak())}</p>'),
      }),
    },
    twin: {
      'src/lib/query.remote.js': remote('query', `return { has: Boolean(${readToken}) }`),
      ...route('remote-query', {
        '+page.server.js': onDemand,
        '+page.svelte': script("import { leak } from '#lib/query.remote.js'", '<p>{JSON.stringify(await leak())}</p>'),
      }),
    },
    requests: [{ path: '/remote-query' }],
    reports: /GET \/remote-query answered with the preview token \(raw\) in its body/,
  },
]
