import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { build, startDev, startProduction } from '../../scripts/lib/playground.ts'
import type { Framework } from '../../scripts/lib/playground.ts'
import { launchBrowser } from './support/browser.ts'
import { readAll } from './support/fixture.ts'
import { buildKitSite, createKitSite, startKitSite } from './support/kit-site.ts'
import { createOfficialSite, migrate, page } from './support/official-site.ts'
import type { OfficialSite } from './support/official-site.ts'
import { signedUrl } from './support/signed-url.ts'
import { tokens, tokensIn } from './support/tokens.ts'
import { bridgeSpeaks, openStory } from './support/visual-editor.ts'

// Two sites that are built as Storyblok's guides say, and moved by `keyblok migrate`.

const variable = { astro: 'STORYBLOK_DELIVERY_API_TOKEN', sveltekit: 'VITE_STORYBLOK_DELIVERY_API_TOKEN' }
const built = { astro: 'dist', sveltekit: '.svelte-kit/output' }

async function createMigrated(framework: Framework): Promise<OfficialSite> {
  const site = await createOfficialSite(framework, { '.env': `${variable[framework]}=${tokens.preview}\n` })
  migrate(site)
  return site
}

async function serve(framework: Framework, { folder, environment }: OfficialSite): Promise<string> {
  const { exitCode, output } = await build(framework, environment, folder)
  expect(exitCode, output).toBe(0)
  const { url, stop } = await startProduction(framework, environment, { folder })
  onTestFinished(stop)
  return url
}

describe.each(['astro', 'sveltekit'] as const)('the official quickstart of %s', (framework) => {
  it('shows visitors what is published and editors drafts, and no browser a token', async () => {
    const site = await createMigrated(framework)
    site.space.saveDraft('home', page('Not published yet'))
    const url = await serve(framework, site)

    const visitor = await (await fetch(url)).text()
    expect(visitor).toMatch(/<h2[^>]*>Welcome<\/h2>/)
    expect(visitor).toContain('<strong>Fast &lt;b&gt;</strong>')
    expect(visitor).not.toContain('Not published yet')
    expect(visitor).not.toContain('data-blok')
    expect(visitor).not.toContain('keyblok-page')

    const editor = await fetch(signedUrl(`${url}/`, site.space), { headers: { 'sec-fetch-dest': 'iframe' } })
    expect(await editor.text()).toContain('Not published yet')
    expect(editor.headers.get('cache-control')).toBe('private, no-store')
    const forged = signedUrl(`${url}/`, site.space, { token: 'fakeWRONGfakeWRONGfakett' })
    expect(await (await fetch(forged)).text()).not.toContain('Not published yet')

    expect((await fetch(`${url}/nowhere`)).status).toBe(404)
    expect(tokensIn(readAll(join(site.folder, built[framework])))).toEqual([])
  })

  it('is searched by what would find a token: it does, in a build from before the move', async () => {
    const site = await createOfficialSite(framework, { '.env': `${variable[framework]}=${tokens.preview}\n` })
    // Nothing is read while it is built.
    rmSync(join(site.folder, 'src/pages/landing'), { recursive: true, force: true })
    const { exitCode, output } = await build(framework, site.environment, site.folder)
    expect(exitCode, output).toBe(0)
    expect(tokensIn(readAll(join(site.folder, built[framework])))).toEqual(['preview'])
  })

  it('shows what an editor types, before it is saved', async () => {
    const site = await createMigrated(framework)
    const url = await serve(framework, site)
    const browser = await launchBrowser()
    onTestFinished(() => browser.close())
    const story = await openStory({ url, space: site.space, newPage: () => browser.newPage() }, 'Home')
    await bridgeSpeaks(story)
    await story.content.getByRole('button', { name: /^teaser/i }).click()
    await story.content.getByLabel('headline').fill('Typed by an editor')
    await expect.poll(() => story.frame.locator('h2').textContent()).toBe('Typed by an editor')
    expect(await (await fetch(url)).text()).not.toContain('Typed by an editor')
  })

  it('shows drafts to whoever develops on this machine, and to nobody through a tunnel', async () => {
    const site = await createMigrated(framework)
    site.space.saveDraft('home', page('Not published yet'))
    const { url, stop } = await startDev(framework, site.environment, { folder: site.folder })
    onTestFinished(stop)
    expect(await (await fetch(url)).text()).toContain('Not published yet')
    const tunnel = await fetch(url, { headers: { 'x-forwarded-for': '203.0.113.5' } })
    expect(await tunnel.text()).not.toContain('Not published yet')
  })

  it('is moved once: a second run changes nothing', async () => {
    const site = await createMigrated(framework)
    expect(migrate(site).changes).toEqual([])
  })

  it('has its token renamed, which no output shows', async () => {
    const site = await createMigrated(framework)
    expect(readFileSync(join(site.folder, '.env'), 'utf8')).toContain(`STORYBLOK_PREVIEW_TOKEN=${tokens.preview}\n`)
    writeFileSync(join(site.folder, '.env'), `${variable[framework]}=${tokens.preview}\n`)
    expect(tokensIn(JSON.stringify(migrate(site)))).toEqual([])
  })
})

describe('a variable that browsers get', () => {
  it('holds a token before, which the doctor finds, and not after', async () => {
    const site = await createOfficialSite('sveltekit', { '.env': `${variable.sveltekit}=${tokens.preview}\n` })
    const { doctor } = migrate(site)
    const exposed = (found: typeof doctor.before) => found.filter(({ what }) => what.includes('every browser gets it'))
    expect(exposed(doctor.before)).toHaveLength(1)
    expect(exposed(doctor.after)).toEqual([])
  })
})

describe('prerendered pages of Astro', () => {
  it('are found by `cdn/links`, and read what is published', async () => {
    const site = await createMigrated('astro')
    site.space.saveDraft('landing/spring', page('Not published yet'))
    await serve('astro', site)
    const written = readFileSync(join(site.folder, 'dist/client/landing/spring/index.html'), 'utf8')
    expect(written).toContain('Spring is here')
    expect(written).not.toContain('Not published yet')
  })
})

describe('a token in the code', () => {
  it('is found by the doctor before, and gone after', async () => {
    const config = readFileSync(new URL('./fixtures/official-astro/astro.config.mjs', import.meta.url), 'utf8')
    const site = await createOfficialSite('astro', {
      'astro.config.mjs': config.replace('env.STORYBLOK_DELIVERY_API_TOKEN', `'${tokens.preview}'`),
    })
    execFileSync('git', ['init', '-q'], { cwd: site.folder })
    execFileSync('git', ['add', '.'], { cwd: site.folder })
    const { doctor, leftovers } = migrate(site)
    const inConfig = (found: typeof doctor.before) =>
      found.filter(({ where }) => where?.startsWith('astro.config.mjs:'))
    expect(inConfig(doctor.before)).toHaveLength(1)
    expect(inConfig(doctor.after)).toEqual([])
    expect(leftovers).toContainEqual(
      expect.objectContaining({ file: 'astro.config.mjs', what: 'An access token was written into the code.' }),
    )
  })
})

describe('the client in SvelteKit 3', () => {
  const files = {
    'src/routes/[...slug]/+page.server.js': `import { useStoryblokApi } from '@keyblok/sveltekit/compat'
export const load = async ({ params }) => {
  const { data } = await useStoryblokApi().get(\`cdn/stories/\${params.slug || 'home'}\`)
  return { story: data.story }
}
`,
    'src/routes/[...slug]/+page.svelte': `<script>
  import { StoryblokComponent } from '@keyblok/sveltekit/compat'
  let { data } = $props()
</script>
<StoryblokComponent blok={data.story.content} />
`,
  }

  it('reads with the access of the request', async () => {
    const site = await createKitSite(files)
    site.space.saveDraft('about', { _uid: 'x', component: 'page', body: [], title: 'Not published yet' })
    await buildKitSite(site)
    const { url } = await startKitSite(site, 'production')
    expect(await (await fetch(`${url}/about`)).text()).not.toContain('Not published yet')
    const editor = await fetch(signedUrl(`${url}/about`, site.space), { headers: { 'sec-fetch-dest': 'iframe' } })
    expect(await editor.text()).toContain('Not published yet')
  })

  it('is refused in code for browsers', async () => {
    const load = files['src/routes/[...slug]/+page.server.js']
    const site = await createKitSite({
      'src/routes/other/+page.js': load,
      'src/routes/other/+page.svelte': '<p>other</p>',
    })
    const { exitCode, output } = await build('sveltekit', site.environment, site.folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('KB_SERVER_ONLY')
  })
})

describe('code for browsers that asks for the client', () => {
  const files = {
    'src/routes/read/+page.js': `import { useStoryblokApi } from '@keyblok/sveltekit/compat'
export const load = async () => (await useStoryblokApi().get('cdn/stories/home')).data
`,
    'src/routes/read/+page.svelte': '<h1>read</h1>',
  }

  it('fails a build of SvelteKit, with the chain of imports', async () => {
    const site = await createOfficialSite('sveltekit')
    migrate(site)
    for (const [file, text] of Object.entries(files)) write(site, file, text)
    const { exitCode, output } = await build('sveltekit', site.environment, site.folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('KB_SERVER_ONLY')
    expect(output).toContain('src/routes/read/+page.js')
    expect(output).toContain('@keyblok/sveltekit/server')
  })

  it('is refused by the dev server of SvelteKit, which gives browsers nothing that reads', async () => {
    const site = await createOfficialSite('sveltekit')
    migrate(site)
    for (const [file, text] of Object.entries(files)) write(site, file, text)
    const { url, stop } = await startDev('sveltekit', site.environment, { folder: site.folder })
    onTestFinished(stop)
    const browser = await launchBrowser()
    onTestFinished(() => browser.close())
    const opened = await browser.newPage()
    const bodies: Promise<string>[] = []
    opened.on('response', (response) => void bodies.push(response.text().catch(() => '')))
    await opened.goto(`${url}/read`)
    await expect.poll(() => opened.locator('vite-error-overlay').count()).toBe(1)
    const all = (await Promise.all(bodies)).join('\n')
    expect(all).not.toContain('createClient')
    expect(tokensIn(all)).toEqual([])
  })

  it('fails a build of Astro', async () => {
    const site = await createOfficialSite('astro')
    migrate(site)
    const source = join(site.folder, 'src/layouts/Layout.astro')
    const script = `<script>
import { useStoryblokApi } from '@keyblok/astro/compat'
console.log(await useStoryblokApi().get('cdn/stories/home'))
</script>`
    writeFileSync(source, readFileSync(source, 'utf8').replace('</body>', `${script}</body>`))
    const { exitCode, output } = await build('astro', site.environment, site.folder)
    expect(exitCode).not.toBe(0)
    expect(output).toContain('KB_SERVER_ONLY')
  })

  it('may render rich text, without a byte that reads', async () => {
    const site = await createOfficialSite('astro')
    migrate(site)
    const source = join(site.folder, 'src/layouts/Layout.astro')
    const script = `<script>
import { renderRichText } from '@keyblok/astro/compat'
document.title = renderRichText({ type: 'doc', content: [] })
</script>`
    writeFileSync(source, readFileSync(source, 'utf8').replace('</body>', `${script}</body>`))
    const { exitCode, output } = await build('astro', site.environment, site.folder)
    expect(exitCode, output).toBe(0)
    expect(readAll(join(site.folder, 'dist/client'))).not.toContain('/v2/cdn/')
  })
})

function write({ folder }: OfficialSite, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}
