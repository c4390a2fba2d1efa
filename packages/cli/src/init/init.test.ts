import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it } from 'vitest'
import { createFolder, demoContent, runKeyblok, serveSpace } from '../test-support.js'

const astroPackage = JSON.stringify({ name: 'site', dependencies: { astro: '^7.3.0' } }, null, '\t')
const kitPackage = JSON.stringify({
  devDependencies: { '@sveltejs/kit': '^3.2.0', '@sveltejs/adapter-node': '^6.0.0' },
})
const kitConfig = `import { sveltekit } from '@sveltejs/kit/vite'\nexport default { plugins: [sveltekit()] }\n`

const init = (cwd: string, args: string[] = ['--yes'], env = {}) =>
  runKeyblok(['init', '--no-install', ...args], { cwd, env })

describe('keyblok init', () => {
  it('shows what it would do, and does nothing under --dry-run', async () => {
    const folder = createFolder({ 'package.json': astroPackage })
    const { exitCode, stdout } = await init(folder, ['--yes', '--dry-run'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('+ src/pages/[...slug].astro')
    expect(stdout).toContain('+\t\t"@keyblok/astro": "^')
    expect(existsSync(join(folder, 'src'))).toBe(false)
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe(astroPackage)
  })

  it('asks nobody where nobody is, and says what to give', async () => {
    const folder = createFolder({ 'package.json': astroPackage })
    const { exitCode, stderr } = await init(folder, [])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Give --yes, or --content demo.')
    expect(existsSync(join(folder, 'src'))).toBe(false)
  })

  it('names the apps of a monorepo, and sets up the one that is named', async () => {
    const folder = createFolder({
      'package.json': '{ "workspaces": ["apps/*"] }',
      'apps/site/package.json': astroPackage,
      'apps/shop/package.json': kitPackage,
      'apps/shop/vite.config.ts': kitConfig,
      'apps/shop/node_modules/other/package.json': astroPackage,
    })
    const lost = await init(folder)
    expect(lost.exitCode).toBe(1)
    expect(lost.stderr).toContain('Below it there are: apps/shop, apps/site. Name one: --dir apps/shop')
    expect((await init(folder, ['--yes', '--dir', 'apps/shop'])).exitCode).toBe(0)
    expect(readFileSync(join(folder, 'apps/shop/src/hooks.server.ts'), 'utf8')).toContain('storyblokHandle()')
    expect(existsSync(join(folder, 'apps/site/src'))).toBe(false)
  })

  it('refuses a version that Keyblok does not support', async () => {
    const folder = createFolder({ 'package.json': '{ "dependencies": { "astro": "^5.1.0" } }' })
    const { exitCode, stderr } = await init(folder)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('This is Astro 5, and Keyblok supports 7.\nUpgrade first: npx @astrojs/upgrade')
  })

  it('leaves a person’s own files as they are, and says what is to do by hand', async () => {
    const own = {
      'package.json': kitPackage,
      'vite.config.ts': `import { plugins } from './plugins'\nexport default { plugins }\n`,
      'src/hooks.server.ts': `export function handle({ event, resolve }) {\n  return resolve(event)\n}\n`,
      'src/routes/+page.svelte': '<h1>Our shop</h1>\n',
      'src/routes/[...slug]/+page.svelte': '<h1>Everything else</h1>\n',
      'src/lib/storyblok/bloks.ts': '// mine\n',
    }
    const folder = createFolder(own)
    const { exitCode, stdout } = await init(folder)
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      "Add to vite.config.ts: import { keyblok } from '@keyblok/sveltekit', and keyblok() behind",
    )
    expect(stdout).toContain('Put storyblokHandle() of @keyblok/sveltekit/server before your handle')
    expect(stdout).toContain('src/routes/[...slug] is there, so no route was added')
    for (const [file, text] of Object.entries(own).slice(1)) expect(readFileSync(join(folder, file), 'utf8')).toBe(text)
    expect(existsSync(join(folder, 'src/lib/storyblok/components'))).toBe(false)
  })

  it('puts the handle before the one that there is', async () => {
    const folder = createFolder({
      'package.json': kitPackage,
      'vite.config.ts': kitConfig,
      'src/hooks.server.ts': `export const handle = ({ event, resolve }) => resolve(event)\n`,
      'src/env.ts': `import { defineEnvVars } from '@sveltejs/kit/env'\n\nexport const variables = defineEnvVars({\n\tMAIL_KEY: {},\n})\n`,
    })
    expect((await init(folder)).exitCode).toBe(0)
    expect(readFileSync(join(folder, 'src/hooks.server.ts'), 'utf8')).toContain('sequence(storyblokHandle(), (')
    const env = readFileSync(join(folder, 'src/env.ts'), 'utf8')
    expect(env).toContain('defineEnvVars({\n\t...storyblokEnv({ optional: building || dev }),\n\tMAIL_KEY: {},')
    expect(env).toContain(`import { building, dev } from '$app/env'`)
  })

  it('writes a component for each blok of a person’s own space, and its relations', async () => {
    const env = await serveSpace(createLocalSpace({ content: demoContent }))
    const folder = createFolder({ 'package.json': astroPackage })
    const { exitCode, output } = await init(folder, ['--yes', '--content', 'own'], env)
    expect(exitCode, output).toBe(0)
    const read = (file: string) => readFileSync(join(folder, 'src/storyblok', file), 'utf8')
    expect(read('stories.ts')).toContain("'article.author'")
    expect(read('stories.ts')).toContain("contentType: ['article', 'author', 'category', 'guide', 'page']")
    expect(read('bloks.ts')).toContain("import Hero from './components/Hero.astro'")
    expect(read('components/Hero.astro')).toContain('<h2>{blok.headline}</h2>')
    expect(read('components/Hero.astro')).toContain('<StoryblokImage asset={blok.image} width={800} />')
    expect(read('components/Hero.astro')).toContain('{/* Not shown yet: link */}')
    for (const [name, token] of Object.entries(env).filter(([name]) => name.endsWith('TOKEN'))) {
      expect(output, name).not.toContain(token)
    }
  })

  it('keeps what .gitignore and .env.example hold', async () => {
    const folder = createFolder({
      'package.json': astroPackage,
      '.gitignore': 'dist/\n/.env\n',
      '.env.example': 'MAIL_KEY=\n',
    })
    await init(folder)
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(
      'dist/\n/.env\n\n# Keyblok\n.env.*\n!.env.example\n.keyblok\n.storyblok/*.sqlite*\n',
    )
    expect(readFileSync(join(folder, '.env.example'), 'utf8')).toMatch(
      /^MAIL_KEY=\n\n# Copy this[^]*STORYBLOK_PUBLIC_TOKEN=\n/,
    )
  })

  it('replaces no token that is there', async () => {
    const env = 'STORYBLOK_PREVIEW_TOKEN=fakeMINEfakeMINEfake1tt\n'
    const folder = createFolder({ 'package.json': astroPackage, '.env': env })
    const { exitCode, stdout } = await init(folder, ['--yes', '--content', 'demo'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('STORYBLOK_PREVIEW_TOKEN is set already, so the local space’s are not written.')
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(env)
  })

  it('says that git tracks the file that would get tokens', async () => {
    const folder = createFolder({ 'package.json': astroPackage, '.env': 'MAIL_KEY=1\n' })
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['add', '.env'], { cwd: folder })
    expect(await init(folder)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('git tracks') })
    expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('MAIL_KEY=1\n')
  })

  it.each([
    [
      'astro',
      astroPackage,
      'src/pages/index.astro',
      `---\nimport Welcome from '../components/Welcome.astro'\n---\n<h1>Ours</h1><Welcome />\n`,
    ],
    ['sveltekit', kitPackage, 'src/routes/+page.svelte', '<h1>Welcome to SvelteKit</h1>\n<p>And to our shop.</p>\n'],
  ])('keeps a home page that is not the template’s any more: %s', async (_name, packageJson, file, text) => {
    const folder = createFolder({ 'package.json': packageJson, 'vite.config.ts': kitConfig, [file]: text })
    expect((await init(folder)).stdout).toContain(`${file} shows /.`)
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text)
  })

  it('makes room for the story “home” where the page is the template’s', async () => {
    const basics = `---\nimport Welcome from '../components/Welcome.astro';\nimport Layout from '../layouts/Layout.astro';\n\n// Welcome to Astro!\n---\n\n<Layout>\n\t<Welcome />\n</Layout>\n`
    const folder = createFolder({ 'package.json': astroPackage, 'src/pages/index.astro': basics })
    await init(folder)
    expect(existsSync(join(folder, 'src/pages/index.astro'))).toBe(false)
  })

  it('explains what it cannot read', async () => {
    expect(await init(createFolder())).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('neither an Astro site nor a SvelteKit app'),
    })
    expect(await init(createFolder({ 'package.json': '{' }))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('package.json is not JSON.'),
    })
  })

  it('gives JSON alone', async () => {
    const folder = createFolder({ 'package.json': astroPackage })
    const { stdout } = await init(folder, ['--yes', '--json'])
    const { changes, written } = JSON.parse(stdout) as { changes: { file: string; change: string }[]; written: boolean }
    expect(written).toBe(true)
    expect(changes).toContainEqual({ file: 'package.json', change: 'changed' })
    expect(changes).toContainEqual({ file: 'src/storyblok/bloks.ts', change: 'created' })
  })
})
