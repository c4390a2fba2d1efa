import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, createBuilder, createLogger, createServer } from 'vite'
import type { InlineConfig, Plugin } from 'vite'
import { build as build7, createBuilder as createBuilder7, createServer as createServer7 } from 'vite7'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { GuardOptions } from './proof/guard-options.js'
import { secretGuard } from './secret-guard.js'
import { createFolder, knownTokens, tokens } from './test-support.js'
import type { Files } from './test-support.js'

const versions = [
  { version: 8, build, createBuilder, createServer },
  // The types of two versions do not know each other.
  {
    version: 7,
    build: build7 as unknown as typeof build,
    createBuilder: createBuilder7 as unknown as typeof createBuilder,
    createServer: createServer7 as unknown as typeof createServer,
  },
]

const page = '<!doctype html><script type="module" src="/src/main.js"></script>'

/** What a build does: writes files, or fails with a message; and what it logs. */
interface Built {
  folder: string
  error: string
  logged: string
}

describe.each(versions)('secretGuard in Vite $version', (vite) => {
  beforeEach(() => {
    // In tests of a site the boundary rests; here it is what is tested.
    vi.stubEnv('VITEST', undefined)
    vi.stubEnv('CI', undefined)
    for (const [name, value] of Object.entries(knownTokens)) vi.stubEnv(name, value)
    return () => vi.unstubAllEnvs()
  })

  function configOf(folder: string, guard: GuardOptions, config: InlineConfig, lines: string[]): InlineConfig {
    const log = (message: string): void => void lines.push(message)
    const logger = { ...createLogger('silent'), info: log, warn: log, error: log }
    return { root: folder, configFile: false, customLogger: logger, plugins: [secretGuard(guard)], ...config }
  }

  async function buildSite(files: Files, guard: GuardOptions = {}, config: InlineConfig = {}): Promise<Built> {
    const folder = createFolder({ 'index.html': page, ...files })
    const lines: string[] = []
    const error = await vite.build(configOf(folder, guard, config, lines)).then(
      () => '',
      (reason: Error) => reason.message,
    )
    return { folder, error, logged: lines.join('\n') }
  }

  describe('the boundary', () => {
    const secretFiles: Files = {
      'src/server/mail.ts':
        "import { createHmac } from 'node:crypto'\nexport type Mail = { to: string }\nexport const sign = (text: string): string => createHmac('sha1', process.env.K!).update(text).digest('hex')\nexport default class Sender {}",
      'src/barrel.ts': "export { default as Sender, sign } from './server/mail'\nexport const fine = 1",
    }
    const guard: GuardOptions = { serverOnly: ['src/server/**'] }

    it.each([
      ['a static import', "import { sign } from './server/mail.ts'\nsign('x')", 'src/main.js'],
      ['a dynamic import', "import('./server/mail.ts').then(console.log)", 'src/main.js'],
      ['a barrel', "import { sign } from './barrel.ts'\nsign('x')", 'src/barrel.ts'],
      [
        'a barrel of which only the rest is used',
        "import { fine } from './barrel.ts'\nconsole.log(fine)",
        'src/barrel.ts',
      ],
    ])('refuses the site’s own files behind %s', async (_name, main, importer) => {
      const { error } = await buildSite({ ...secretFiles, 'src/main.js': main }, guard)
      expect(error).toContain('KB_SERVER_ONLY')
      expect(error).toMatch(new RegExp(`${importer} imports\n +src/server/mail.ts`))
    })

    it('refuses them in a worker', async () => {
      const { error } = await buildSite(
        {
          ...secretFiles,
          'src/worker.ts': "import { sign } from './server/mail'\npostMessage(sign('x'))",
          'src/main.js': "new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })",
        },
        guard,
      )
      expect(error).toMatch(/src\/worker.ts imports\n +src\/server\/mail.ts/)
    })

    it('refuses to ship them as files', async () => {
      const main = "document.title = new URL('./server/mail.ts', import.meta.url).href"
      const { error } = await buildSite({ ...secretFiles, 'src/main.js': main }, guard, {
        build: { assetsInlineLimit: 0 },
      })
      expect(error).toContain('KB_SERVER_ONLY')
      expect(error).toContain('src/server/mail.ts')
    })

    it.each(['src/server', '/src/server/**', './src/server/'])('takes %s for the same', async (glob) => {
      const { error } = await buildSite(
        { ...secretFiles, 'src/main.js': "import './barrel.ts'" },
        { serverOnly: [glob] },
      )
      expect(error).toContain('KB_SERVER_ONLY')
    })

    it('tells of names that match no file', async () => {
      const { logged } = await buildSite({ 'src/main.js': '' }, { serverOnly: ['src/sever/**'] })
      expect(logged).toContain('guard.serverOnly matches no file: src/sever/**')
    })

    it('reports every such import at once', async () => {
      const { error } = await buildSite(
        {
          ...secretFiles,
          'src/server/pay.ts': 'export const pay = () => 1',
          'src/main.js': "import { sign } from './barrel.ts'\nimport { pay } from './server/pay.ts'\nsign(pay())",
        },
        guard,
      )
      expect(error).toContain('src/server/mail.ts')
      expect(error).toContain('src/server/pay.ts')
    })

    it('lets types pass, and server code', async () => {
      const types = {
        ...secretFiles,
        'src/main.ts': "import type { Mail } from './server/mail'\nexport const mail: Mail = { to: 'x' }",
        'index.html': page.replace('.js', '.ts'),
      }
      expect((await buildSite(types, guard)).error).toBe('')
      const server = {
        ...secretFiles,
        'src/main.js': "import { sign } from './server/mail.ts'\nconsole.log(sign('x'))",
      }
      expect((await buildSite(server, guard, { build: { ssr: 'src/main.js' } })).error).toBe('')
    })

    it('is what refuses them: without it the same build goes on', async () => {
      const { error } = await buildSite({
        ...secretFiles,
        'src/main.js': "import { fine } from './barrel.ts'\nconsole.log(fine)",
      })
      expect(error).not.toContain('KB_SERVER_ONLY')
    })
  })

  describe('the scan', () => {
    const leak = {
      'src/lib/leaf.js': `\nexport const token = '${tokens.preview}'`,
      'src/main.js': "import { token } from './lib/leaf.js'\ndocument.title = token",
    }

    it('names the file, the line that it comes from, and the chain of imports', async () => {
      const { error } = await buildSite(leak)
      expect(error.replace(/index-[\w-]+/g, 'index')).toMatch(
        /dist\/assets\/index\.js:\d+:\d+ holds the preview token \(raw\)\n +from src\/lib\/leaf\.js:2:23\n/,
      )
      expect(error).toMatch(/index\.html imports\n +src\/main\.js imports\n +src\/lib\/leaf\.js/)
      expect(error).not.toContain(tokens.preview)
    })

    it('names the variable that a value was taken from', async () => {
      vi.stubEnv('VITE_CMS', 'x')
      const { error } = await buildSite(
        { 'src/main.js': '\n  console.log(CMS_KEY)' },
        {},
        { define: { CMS_KEY: JSON.stringify(tokens.preview) } },
      )
      expect(error).toContain('holds the preview token (raw)')
      expect(error).toContain('from src/main.js')
    })

    it.each<[string, Files, RegExp]>([
      [
        'the public folder',
        { 'public/data.json': `{"t":"${tokens.public}"}` },
        /dist\/data\.json:1:7 holds the public token/,
      ],
      [
        'a page',
        { 'index.html': `${page}<p data-t="${tokens.preview}">` },
        /dist\/index\.html:\d+:\d+ holds the preview token/,
      ],
      [
        'a style',
        {
          'src/main.js': "import './a.css'",
          'src/a.css': `a { background: url("https://x.example/?t=${tokens.preview}") }`,
        },
        /\.css:1:\d+ holds the preview token \(raw\)\n +from src\/a\.css:1:/,
      ],
      [
        'a worker',
        {
          'src/main.js': "new Worker(new URL('./w.js', import.meta.url))",
          'src/w.js': `postMessage('${tokens.preview}')`,
        },
        /w-[\w-]+\.js:1:\d+ holds the preview token/,
      ],
      [
        'base64',
        { 'src/main.js': `console.log('${btoa(`id:${tokens.preview}`)}')` },
        /holds the preview token \(base64\)/,
      ],
      [
        'what looks like one',
        { 'src/main.js': "console.log('sb_pat_unknownUNKNOWNunknown1')" },
        /holds what looks like a personal access token/,
      ],
    ])('finds a token in %s', async (_name, files, message) => {
      const { error } = await buildSite({ 'src/main.js': '', ...files })
      expect(error).toMatch(message)
    })

    it('finds a token in a source map only, and names the source', async () => {
      const source = `// ${tokens.preview}\nconsole.log(1)`
      const { error } = await buildSite({ 'src/main.js': source }, {}, { build: { sourcemap: true } })
      expect(error).toMatch(/\.js\.map:1:\d+ holds the preview token \(raw\)\n +from src\/main\.js:1:4/)
    })

    it('finds a source by the source map of what another plugin wrote', async () => {
      const map = { version: 3, sources: ['../src/late.js'], names: [], mappings: 'AAEE' }
      const late: Plugin = {
        name: 'late',
        writeBundle({ dir = '' }) {
          writeFileSync(join(dir, 'late.js'), `'${tokens.preview}'`)
          writeFileSync(join(dir, 'late.js.map'), JSON.stringify(map))
        },
      }
      const { error } = await buildSite({ 'src/main.js': '' }, {}, { plugins: [secretGuard(), late] })
      expect(error).toMatch(/dist\/late\.js:1:2 holds the preview token \(raw\)\n +from src\/late\.js:3:3/)
    })

    it('lets a clean build pass, and says what it searched for', async () => {
      const { error, logged } = await buildSite({ 'src/main.js': 'console.log(1)' })
      expect(error).toBe('')
      expect(logged).toMatch(/\[keyblok\] searched \d+ files for the preview token and public token: browsers get none/)
    })

    it('finds other secrets that the site names', async () => {
      vi.stubEnv('SMTP_PASSWORD', 'fakePASSWORD')
      const files = { 'src/main.js': "console.log('fakePASSWORD')" }
      expect((await buildSite(files, { secrets: ['SMTP_PASSWORD'] })).error).toContain(
        'holds the secret SMTP_PASSWORD (raw)',
      )
      expect((await buildSite(files)).error).toBe('')
    })

    it('warns of a value that is baked into a server bundle, and fails if asked', async () => {
      const files = { 'src/main.js': `export const token = '${tokens.preview}'` }
      const config = { build: { ssr: 'src/main.js' } }
      const warned = await buildSite(files, {}, config)
      expect(warned.error).toBe('')
      expect(warned.logged).toMatch(/KB_TOKEN_BAKED[^]*dist\/main\.m?js:\d:\d+ holds the preview token \(raw\)/)
      expect(warned.logged).toContain('replacing the secret needs a new build')
      expect((await buildSite(files, { server: 'error' }, config)).error).toContain('KB_TOKEN_BAKED')
    })

    it('passes over copies of the environment beside a server’s code, and not beside what browsers get', async () => {
      const files = { 'public/.env': `OTHER=${tokens.preview}`, 'src/main.js': 'export const a = 1' }
      const server = await buildSite(files, {}, { build: { ssr: 'src/main.js', copyPublicDir: true } })
      expect([server.error, existsSync(join(server.folder, 'dist/.env'))]).toEqual(['', true])
      expect((await buildSite(files)).error).toMatch(/dist\/\.env:1:7 holds the preview token/)
    })

    it('lets the kinds pass that are allowed, and says so', async () => {
      const files = { 'src/main.js': `fetch('https://api.storyblok.com/v2/cdn/stories?token=${tokens.public}')` }
      const { error, logged } = await buildSite(files, { allow: ['public'] })
      expect(error).toBe('')
      expect(logged).toContain('the public token may reach the browser, as configured')
      expect((await buildSite(files)).error).toContain('KB_TOKEN_LEAKED')
    })

    it('lets files pass in which something may look like a token, and no token', async () => {
      const guard: GuardOptions = { ignore: ['src/docs/**'] }
      const main = { 'src/main.js': "import './docs/page.js'" }
      const looks = { ...main, 'src/docs/page.js': "console.log('sb_pat_unknownUNKNOWNunknown1')" }
      expect((await buildSite(looks, guard)).error).toBe('')
      expect(
        (await buildSite({ ...main, 'src/docs/page.js': `console.log('${tokens.preview}')` }, guard)).error,
      ).not.toBe('')
    })

    it('says that nothing is proven when it knows no secret', async () => {
      for (const name of Object.keys(knownTokens)) vi.stubEnv(name, undefined)
      const { error, logged } = await buildSite({ 'src/main.js': '' })
      expect(error).toBe('')
      expect(logged).toContain('not proven')
      expect((await buildSite({ 'src/main.js': '' }, { strict: true })).error).toContain('KB_TOKENS_NOT_PROVEN')
    })

    it('tells of a secret that is not set, and does not call that proven under `strict`', async () => {
      const files = { 'src/main.js': '' }
      const { logged } = await buildSite(files, { secrets: ['SMTP_PASSWROD'] })
      expect(logged).toContain('not set, and not searched for: SMTP_PASSWROD')
      const { error } = await buildSite(files, { secrets: ['SMTP_PASSWROD'], strict: true })
      expect(error).toContain('SMTP_PASSWROD is not set')
    })

    it('does not call proven what it could not search', async () => {
      const files = { 'src/main.js': '', 'public/a.gz': 'no archive' }
      expect((await buildSite(files)).logged).toMatch(/not searched to the end: dist\/a\.gz[^]*not proven: Some files/)
      expect((await buildSite(files, { strict: true })).error).toContain('KB_TOKENS_NOT_PROVEN')
    })

    it.each([
      [
        'a file of the public folder',
        { 'public/config.json': `{ "t": "${tokens.preview}" }` },
        'from public/config.json:1:9',
      ],
      ['the page', { 'index.html': `${page}\n<p>${tokens.preview}</p>` }, 'from index.html:2:4'],
    ])('names the source of %s', async (_name, files, source) => {
      expect((await buildSite({ 'src/main.js': '', ...files })).error).toContain(source)
    })

    it('finds what is written after the rest, by a builder of several parts', async () => {
      const late: Plugin = {
        name: 'late',
        buildApp: {
          order: 'post',
          handler: async ({ config }) => writeFileSync(join(config.root, 'dist/late.html'), tokens.preview),
        },
      }
      const folder = createFolder({ 'index.html': page, 'src/main.js': '' })
      const config = configOf(
        folder,
        {},
        {
          builder: { buildApp: async (builder) => void (await builder.build(builder.environments['client'] as never)) },
          plugins: [late, secretGuard()],
        },
        [],
      )
      const builder = await vite.createBuilder(config)
      await expect(builder.buildApp()).rejects.toThrow(/dist\/late\.html:1:1 holds the preview token/)
    })

    it('is what stops a token: without it the same build ships it', async () => {
      const { folder, error } = await buildSite(leak, {}, { plugins: [] })
      expect(error).toBe('')
      const assets = join(folder, 'dist/assets')
      expect(
        readdirSync(assets)
          .map((file) => readFileSync(join(assets, file), 'utf8'))
          .join(),
      ).toContain(tokens.preview)
    })
  })

  it('refuses variables that browsers get and that hold a token', async () => {
    vi.stubEnv('VITE_STORYBLOK_TOKEN', tokens.preview)
    const { folder, error } = await buildSite({ 'src/main.js': '' })
    expect(error).toContain('KB_TOKEN_IN_PUBLIC_VARIABLE')
    expect(error).toContain('VITE_STORYBLOK_TOKEN holds the preview token.')
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  describe('the dev server', () => {
    async function startDev(files: Files, guard: GuardOptions = {}) {
      const folder = createFolder({ 'index.html': page, 'src/main.js': '', ...files })
      const lines: string[] = []
      const server = await vite.createServer(
        configOf(folder, guard, { server: { host: '127.0.0.1', port: 0, watch: null } }, lines),
      )
      onTestFinished(() => server.close())
      await server.listen()
      const origin = server.resolvedUrls?.local[0] as string
      const get = async (path: string): Promise<string> => await (await fetch(new URL(path, origin))).text()
      return { folder, origin, get, server, logged: () => lines.join('\n') }
    }

    it('overwrites a token in a module, and tells the file', async () => {
      const { get, logged } = await startDev({ 'src/a.js': `export default '${tokens.preview}'` })
      expect(await get('/src/a.js')).toContain(`'${'*'.repeat(tokens.preview.length)}'`)
      expect(logged()).toContain(
        'GET /src/a.js answered with the preview token (raw) in its body. It was overwritten.\n  perhaps from src/a.js:1:17',
      )
      expect(logged()).not.toContain('(base64)')
    })

    it.each([
      '/index.html',
      '/src/a.js?raw',
      '/@fs/FOLDER/src/a.js',
      '/a.json',
      '/src/broken.js',
      '/@id/__x00__virtual:leak',
    ])('serves no token at %s', async (path) => {
      const { folder, get } = await startDev({
        'index.html': `<p>${tokens.preview}</p>`,
        'src/a.js': `export default '${tokens.preview}'`,
        'src/broken.js': `const token = '${tokens.preview}'\nconst = 1`,
        'public/a.json': JSON.stringify(tokens.preview),
        '.env': `OTHER=${tokens.preview}`,
      })
      expect(await get(path.replace('FOLDER', folder.slice(1)))).not.toContain(tokens.preview)
    })

    it('refuses files that hold secrets or the configuration', async () => {
      const { origin } = await startDev({ '.env': `OTHER=${tokens.preview}`, 'vite.config.js': 'export default {}' })
      const statuses = await Promise.all(
        ['/.env', '/.env?raw', '/vite.config.js', '/vite.config.js?raw'].map(
          async (path) => (await fetch(new URL(path, origin))).status,
        ),
      )
      expect(statuses).not.toContain(200)
    })

    it('shows a leak in the overlay of pages that are open, and of the page that has it', async () => {
      const { folder, origin, get, server } = await startDev({ 'src/a.js': `export default '${tokens.preview}'` })
      const client = await (await fetch(new URL('/@vite/client', origin))).text()
      const token = /wsToken\s*=\s*"([^"]+)"/.exec(client)?.[1] ?? ''
      const answers: Promise<string>[] = []
      const connect = (): Promise<string> => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}?token=${token}`, 'vite-hmr')
        onTestFinished(() => socket.close())
        return new Promise((resolve) => {
          socket.addEventListener('message', ({ data }) => {
            if (String(data).includes('"error"')) resolve(String(data))
          })
          socket.addEventListener('open', () => void answers.push(get('/src/a.js')))
        })
      }
      const shown = await connect()
      expect(shown).toContain('GET /src/a.js answered with the preview token')
      expect(await connect()).toContain('KB_TOKEN_LEAKED')
      await Promise.all(answers)
      writeFileSync(join(folder, 'src/a.js'), "export default 'mended'")
      server.environments.client.moduleGraph.invalidateAll()
      await get('/src/a.js')
      const messages: string[] = []
      const socket = new WebSocket(`${origin.replace('http', 'ws')}?token=${token}`, 'vite-hmr')
      socket.addEventListener('message', ({ data }) => messages.push(String(data)))
      await vi.waitFor(() => expect(messages.join()).toContain('connected'))
      socket.close()
      expect(messages.join()).not.toContain('KB_TOKEN_LEAKED')
    })

    it('overwrites a token in messages, whoever sends them', async () => {
      const { origin, get, server } = await startDev({})
      server.ws.on('ask', (_data, client) => client.send('answer', { token: tokens.preview }))
      const token = /wsToken\s*=\s*"([^"]+)"/.exec(await get('/@vite/client'))?.[1] ?? ''
      const socket = new WebSocket(`${origin.replace('http', 'ws')}?token=${token}`, 'vite-hmr')
      const messages: string[] = []
      socket.addEventListener('message', ({ data }) => messages.push(String(data)))
      socket.addEventListener('open', () => {
        server.ws.send('all', { token: tokens.preview })
        socket.send(JSON.stringify({ type: 'custom', event: 'ask', data: {} }))
      })
      await vi.waitFor(() => expect(messages.join()).toContain('"answer"'))
      await vi.waitFor(() => expect(messages.join()).toContain('"all"'))
      socket.close()
      expect(messages.join()).not.toContain(tokens.preview)
    })

    it('says when it knows no secret', async () => {
      for (const name of Object.keys(knownTokens)) vi.stubEnv(name, undefined)
      expect((await startDev({})).logged()).toContain('not guarded: this dev server knows no secret')
    })

    it('refuses a server-only file, and names the chain', async () => {
      const { origin, get } = await startDev(
        { 'src/server/a.js': 'export const a = 1', 'src/main.js': "import './server/a.js'" },
        { serverOnly: ['src/server/**'] },
      )
      await get('/src/main.js')
      const response = await fetch(new URL('/src/server/a.js', origin))
      expect(response.status).toBe(500)
      expect(await response.text()).toContain('KB_SERVER_ONLY')
    })
  })
})
