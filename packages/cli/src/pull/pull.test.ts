import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFolder, demoContent, runKeyblok, serveSpace, watchSpace } from '../test-support.js'

/** All files below a folder, by their paths. */
function filesIn(folder: string): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.toSorted().map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

const textIn = (folder: string): string => [...filesIn(folder).values()].join('\n')

const fileNames = (folder: string): string[] => [...filesIn(folder).keys()]

/** What a space answers to a read. */
async function read(space: LocalSpace, path: string, token = space.tokens.preview): Promise<Record<string, unknown>> {
  const separator = path.includes('?') ? '&' : '?'
  const url = `http://space.test/v2/cdn/${path}${separator}token=${token}&cv=9999999999`
  return (await (await space.fetch(new Request(url))).json()) as Record<string, unknown>
}

async function storiesOf(space: LocalSpace, query: string): Promise<unknown> {
  const { stories } = await read(space, `stories?per_page=100&sort_by=created_at:asc&${query}`)
  return (stories as { id: number }[]).toSorted((one, other) => one.id - other.id)
}

async function manage(space: LocalSpace, path: string): Promise<unknown> {
  const request = new Request(`http://space.test/v1/spaces/${space.id}/${path}`, {
    headers: { authorization: space.tokens.personal },
  })
  return (await space.fetch(request)).json()
}

/** Everything that is compared of two spaces. */
async function answersOf(space: LocalSpace, version: string): Promise<unknown> {
  const assets = ((await manage(space, 'assets?per_page=100')) as { assets: { id: number; filename: string }[] }).assets
  const hashes = assets.map(async ({ filename }) => {
    const { signed_url: url } = (await read(space, `assets/me?filename=${filename}`, space.tokens.asset))['asset'] as {
      signed_url: string
    }
    const bytes = await (await space.fetch(new Request(url))).bytes()
    return [filename, createHash('sha256').update(bytes).digest('hex')]
  })
  return {
    stories: await storiesOf(space, `version=${version}`),
    german: await storiesOf(space, `version=${version}&language=de`),
    links: await read(space, `links?version=${version}&per_page=1000`),
    tags: await read(space, `tags?version=${version}`),
    datasources: (await read(space, 'datasources'))['datasources'],
    entries: (await read(space, 'datasource_entries?dimension=de&per_page=1000'))['datasource_entries'],
    components: await manage(space, 'components'),
    assets: Object.fromEntries(await Promise.all(hashes)),
  }
}

/** The sentences of a value. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 20 && value.includes(' ') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentencesOf) : []
}

/** The sentences that only drafts have. */
async function unpublishedSentences(space: LocalSpace): Promise<string[]> {
  const published = new Set(sentencesOf(await answersOf(space, 'published')))
  const drafts = await Promise.all(
    ['', '&language=de', '&from_release=8001'].map((query) => storiesOf(space, `version=draft${query}`)),
  )
  return [...new Set(drafts.flatMap(sentencesOf))].filter((text) => !published.has(text) && !text.startsWith('<!--'))
}

/** A space with the demo's content, and what pulls it into a folder. */
async function createPull(space: LocalSpace = createLocalSpace({ content: demoContent })) {
  const env = { ...(await serveSpace(space)), STORYBLOK_ASSET_TOKEN: space.tokens.asset }
  const cwd = createFolder()
  const run = (...args: string[]) => runKeyblok(['pull', ...args], { cwd, env })
  return { space, env, cwd, run, folder: join(cwd, '.storyblok') }
}

function open(folder: string): LocalSpace {
  const space = createLocalSpace({ content: folder })
  onTestFinished(() => space.close())
  return space
}

describe('keyblok pull', () => {
  it('gives a folder that answers visitors as the space does, in every language', async () => {
    const { space, run, folder } = await createPull()
    const { exitCode, stdout } = await run('--private-assets', '--all-assets')
    expect(exitCode).toBe(0)
    expect(stdout).toBe(
      'Components: 1 written.\nDatasources: 1 written.\nStories: 58 written, 8 left out.\nAssets: 15 written.\n',
    )
    expect(await answersOf(open(folder), 'published')).toEqual(await answersOf(space, 'published'))
  })

  it('gives editors the same too, with --drafts', async () => {
    const { space, run, folder } = await createPull()
    expect((await run('--drafts', '--private-assets')).exitCode).toBe(0)
    const pulled = open(folder)
    for (const version of ['draft', 'published']) {
      expect(await answersOf(pulled, version)).toEqual(await answersOf(space, version))
    }
    for (const query of ['', '&language=de']) {
      const release = `version=draft&from_release=8001${query}`
      expect(await storiesOf(pulled, release)).toEqual(await storiesOf(space, release))
    }
  })

  it('writes nothing that is unpublished, and no token', async () => {
    const { space, run, folder } = await createPull()
    const unpublished = await unpublishedSentences(space)
    expect(unpublished).toContain('Winter issue: short days, long approaches')
    expect(unpublished.length).toBeGreaterThan(10)
    const holds = (text: string) =>
      unpublished.filter((sentence) => text.includes(JSON.stringify(sentence).slice(1, -1)))

    const { output } = await run()
    expect(output).toContain('8 stories are not published')
    expect(holds(textIn(folder))).toEqual([])

    // With drafts, all of it is there.
    const drafts = await run('--drafts', '--out', '.drafts')
    expect(holds(textIn(join(folder, '../.drafts')))).toEqual(unpublished)
    const all = output + drafts.output + textIn(folder) + textIn(join(folder, '../.drafts'))
    for (const token of Object.values(space.tokens)) expect(all).not.toContain(token)
    expect(all).not.toMatch(/preview_token|first_token|publish_at"|last_author/)
  })

  it('writes nothing that is changed, or half published, while it runs', async () => {
    const space = createLocalSpace({ content: demoContent })
    const slugs = ['imprint', 'about', 'articles/reading-granite']
    const draft = { _uid: 'x', component: 'page', seo_title: 'Not for visitors', seo_title__i18n__de: 'Noch nicht' }
    const done = new Set<string>()
    const once = (what: string, change: () => void): void => {
      if (!done.has(what)) change()
      done.add(what)
    }
    const { env } = await watchSpace(space, (path, { searchParams }) => {
      // Once the stories are listed, some are changed; once one is read in one language, it is published again.
      if (/v1.*stories\/\d+$/.test(path)) once('changed', () => slugs.forEach((slug) => space.saveDraft(slug, draft)))
      const isGerman = path === '/v2/cdn/stories/5013' && searchParams.get('language') === 'de'
      if (isGerman && searchParams.has('cv')) once('published', () => space.publish('home'))
      return undefined
    })
    const cwd = createFolder()
    const { stdout, exitCode } = await runKeyblok(['pull', '--only', 'stories,components'], { cwd, env })
    expect({ stdout, exitCode }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Stories: 58 written') })
    expect([...done].toSorted()).toEqual(['changed', 'published'])
    expect(JSON.stringify(await storiesOf(space, 'version=draft'))).toContain('Not for visitors')
    expect(textIn(cwd)).not.toMatch(/Not for visitors|Noch nicht/)
    for (const query of ['', 'language=de']) {
      const withoutAssets = async (from: LocalSpace) =>
        JSON.stringify(await storiesOf(from, query)).replaceAll(/https?:[\w./-]+\/f\//g, '/f/')
      expect(await withoutAssets(open(join(cwd, '.storyblok')))).toBe(await withoutAssets(space))
    }
  })

  it('takes drafts away when they are no longer asked for', async () => {
    const { space, run, folder } = await createPull()
    const unpublished = await unpublishedSentences(space)
    await run('--drafts')
    expect(textIn(folder)).toContain(unpublished[0])
    expect((await run()).stdout).toContain('Stories: 58 written, 8 left out.')
    const text = textIn(folder)
    expect(unpublished.filter((sentence) => text.includes(sentence))).toEqual([])
    expect(fileNames(folder).filter((name) => /published|releases/.test(name))).toEqual([])
  })

  it('leaves out assets that no published story shows, and private ones', async () => {
    const { run, cwd } = await createPull()
    const names = (folder: string) => fileNames(join(cwd, folder, 'assets')).join()
    const published = await run()
    expect(names('.storyblok')).not.toMatch(/portrait-tomo|kestrel-bay/)
    expect(published.output).toContain('No story that was pulled shows 2 assets: --all-assets pulls all.')
    const all = await run('--all-assets', '--out', 'all')
    expect(names('all')).toContain('portrait-tomo')
    expect(all.output).toMatch(/Left out of the assets: \/f\/100001\/\S+kestrel-bay-topo.svg. It is private/)
    await run('--all-assets', '--private-assets', '--out', 'private')
    expect(names('private')).toContain('kestrel-bay')
  })

  it('leaves stories with changes out where there is no public token', async () => {
    const { env, cwd, folder } = await createPull()
    const { exitCode, output } = await runKeyblok(['pull'], { cwd, env: { ...env, STORYBLOK_PUBLIC_TOKEN: '' } })
    expect(exitCode).toBe(0)
    expect(output).toContain(
      'Left out of the stories: home. It has changes, and what is published needs STORYBLOK_PUBLIC_TOKEN.',
    )
    expect(fileNames(folder).join()).not.toContain('home_')
  })

  it('fetches only what changed, and deletes only what it wrote', async () => {
    const space = createLocalSpace({ content: demoContent })
    const { env, asked } = await watchSpace(space)
    const cwd = createFolder()
    const run = () => runKeyblok(['pull', '--json'], { cwd, env })
    const contents = () => asked.filter((path) => /stories\/\d+$|^\/f\//.test(path))
    await run()
    expect(contents().length).toBeGreaterThan(60)

    const own = join(cwd, '.storyblok/stories/100001/mine_1.json')
    writeFileSync(own, '{}')
    space.saveDraft('imprint', { _uid: 'x', component: 'page', seo_title: 'A new imprint' })
    space.publish('imprint')
    space.unpublish('about')
    asked.length = 0
    const { stdout, exitCode } = await run()
    expect(contents()).toEqual([expect.stringMatching(/^\/v1\/spaces\/100001\/stories\/\d+$/)])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      folder: '.storyblok',
      space: 100001,
      drafts: false,
      stories: { written: 1, unchanged: 56, removed: 1, leftOut: 9, failed: 0 },
      assets: { written: 0, unchanged: 13, leftOut: 2 },
      problems: [],
      warnings: [expect.stringContaining('1 file was not written by a pull, and may hold drafts, such as mine_1.json')],
    })
    expect(textIn(join(cwd, '.storyblok'))).toContain('A new imprint')
    expect(fileNames(cwd).join()).not.toContain('/about_')
    expect(existsSync(own)).toBe(true)
  })

  it('follows stories that move, also where only the case of the name changes', async () => {
    const { space, run, folder } = await createPull()
    await run('--only', 'stories')
    space.move('imprint', 'Imprint')
    expect((await run('--only', 'stories')).stdout).toBe('Stories: 1 written, 57 unchanged, 8 left out.\n')
    expect(fileNames(folder).filter((name) => /imprint/i.test(name))).toEqual([
      expect.stringContaining('stories/100001/Imprint_'),
    ])
  })

  it('pulls what begins with a slug, with the folders that it lies in, and leaves the rest as it is', async () => {
    const { run, folder } = await createPull()
    await run('--only', 'stories', '--starts-with', 'articles/')
    const some = fileNames(folder).filter((name) => name.startsWith('stories/'))
    expect(some.some((name) => name.includes('/articles_'))).toBe(true)
    expect(some.some((name) => name.includes('/imprint_'))).toBe(false)
    await run()
    const all = fileNames(folder)
    expect((await run('--starts-with', 'articles/')).exitCode).toBe(0)
    expect(fileNames(folder)).toEqual(all)
  })

  it('gives what types are written from', async () => {
    const { run, cwd } = await createPull()
    await run('--no-assets')
    writeFileSync(join(cwd, 'package.json'), JSON.stringify({ devDependencies: { '@keyblok/astro': '*' } }))
    expect((await runKeyblok(['types'], { cwd })).output).toBe('src/storyblok/types.ts is written.\n')
    expect(existsSync(join(cwd, '.storyblok/assets'))).toBe(false)
  })

  it('pulls a space that is empty', async () => {
    const { run, folder } = await createPull(createLocalSpace())
    expect((await run()).stdout).toBe('Components: 1 written.\nDatasources: none.\nStories: none.\nAssets: none.\n')
    expect(await storiesOf(open(folder), 'version=draft')).toEqual([])
  })

  it('pulls 1,500 stories', { timeout: 60_000 }, async () => {
    const space = createLocalSpace()
    const content = (number: number) => ({ _uid: '1', component: 'page', title: `Title ${number}` })
    space.addStories(
      Array.from({ length: 1500 }, (_, number) => ({ fullSlug: `s${number}`, content: content(number) })),
    )
    const { run, folder } = await createPull(space)
    expect((await run()).stdout).toContain('Stories: 1,500 written.\n')
    expect((await run()).stdout).toContain('Stories: 1,500 unchanged.\n')
    expect(await storiesOf(open(folder), 'page=15')).toEqual(await storiesOf(space, 'page=15'))
  })
})

describe('an interrupted pull', () => {
  it('ends at once with 130, and goes on where it was', async () => {
    const space = createLocalSpace({ content: demoContent })
    let interrupt = (): void => {}
    let stories = 0
    const { env, asked } = await watchSpace(space, async (path) => {
      if (!/stories\/\d+$/.test(path) || ++stories < 20) return undefined
      if (stories === 20) interrupt()
      // Whoever waits for these is not interrupted.
      return new Promise(() => {})
    })
    const cwd = createFolder()
    const stopped = await runKeyblok(['pull'], {
      cwd,
      env,
      started: (child) => (interrupt = () => child.kill('SIGINT')),
    })
    expect(stopped.exitCode).toBe(130)
    expect(stopped.stderr).toBe('Stopped.\nWhat was written stays. Run the same command again to pull the rest.\n')
    const written = fileNames(join(cwd, '.storyblok/stories')).length
    expect(written).toBeGreaterThan(0)

    // A process that is killed may leave a line that it had not finished.
    writeFileSync(join(cwd, '.storyblok/keyblok/100001/pull.ndjson'), '{"key":"stories/9', { flag: 'a' })
    stories = -1000
    asked.length = 0
    const { stdout } = await runKeyblok(['pull'], { cwd, env })
    expect(stdout).toContain(`Stories: ${58 - written} written, ${written} unchanged, 8 left out.`)
    const again = new Set(asked.filter((path) => /v1.*stories\/\d+$|v2.*stories\/\d+$/.test(path)))
    expect(again.size).toBe(58 - written)
    expect(await storiesOf(open(join(cwd, '.storyblok')), 'version=published')).toHaveLength(
      ((await storiesOf(space, 'version=published')) as unknown[]).length,
    )
  })
})

describe('a space that fails', () => {
  it('is asked again where that can help', async () => {
    const space = createLocalSpace({
      content: demoContent,
      faults: [
        { kind: '500', every: 20 },
        { kind: '429', every: 75 },
      ],
    })
    const { run, folder } = await createPull(space)
    expect(await run()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Stories: 58 written') })
    space.setFaults([])
    expect(await storiesOf(open(folder), 'version=published')).toHaveLength(
      ((await storiesOf(space, 'version=published')) as unknown[]).length,
    )
  }, 60_000)

  it('loses one story and no other', async () => {
    const space = createLocalSpace({ content: demoContent })
    let gone = ''
    const { env } = await watchSpace(space, (path) => {
      if (/v1.*stories\/\d+$/.test(path)) gone ||= path
      return path === gone ? Response.json(['This record could not be found'], { status: 404 }) : undefined
    })
    const { exitCode, stdout, stderr } = await runKeyblok(['pull', '--only', 'stories'], { env })
    expect(exitCode).toBe(1)
    expect(stdout).toBe('Stories: 57 written, 8 left out, 1 failed.\n')
    expect(stderr).toMatch(/Failed, of the stories: \S+\. .*answered 404/)
    expect(stderr).toContain('Run the same command again to try these once more.')
  })

  it('ends with 3 when the token is refused, naming the scope', async () => {
    const { space, cwd, env, folder } = await createPull()
    const made = await space.fetch(
      new Request('http://space.test/v1/personal_access_tokens', {
        method: 'POST',
        headers: { authorization: space.tokens.personal, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'narrow', scopes: ['spaces:read', 'components:read', 'datasources:read'] }),
      }),
    )
    const { full_token: token } = (await made.json()) as { full_token: string }
    const narrow = { ...env, STORYBLOK_PERSONAL_ACCESS_TOKEN: token }
    const refused = await runKeyblok(['pull', '--only', 'components,stories'], { cwd, env: narrow })
    expect(refused.exitCode).toBe(3)
    expect(refused.output).toContain('the scope stories:read')
    expect(refused.output).not.toContain(token)
    expect(fileNames(folder)).toContain('components/100001/components.json')
    const missing = await runKeyblok(['pull'], { cwd, env: { ...env, STORYBLOK_PERSONAL_ACCESS_TOKEN: '' } })
    expect(missing.output).toContain(
      'spaces:read, components:read, datasources:read, datasource_entries:read, stories:read, assets:read',
    )
  })

  it('keeps no half of an asset', async () => {
    const { space, run, folder } = await createPull()
    space.setFaults([{ kind: 'reset', every: 4, path: '/f/' }])
    expect((await run('--all-assets', '--private-assets')).exitCode).toBe(0)
    space.setFaults([])
    const { assets } = (await answersOf(space, 'published')) as Record<string, unknown>
    expect(await answersOf(open(folder), 'published')).toMatchObject({ assets })
  })

  it('does not lead assets elsewhere', async () => {
    const space = createLocalSpace({ content: demoContent })
    let asset = 0
    const { env } = await watchSpace(space, (path) => {
      if (!path.startsWith('/f/') || ++asset !== 1) return undefined
      return new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:9/stolen' } })
    })
    const cwd = createFolder()
    const { exitCode, stderr, stdout } = await runKeyblok(['pull', '--only', 'assets', '--all-assets'], { cwd, env })
    expect(exitCode).toBe(1)
    expect(stdout).toBe('Assets: 13 written, 1 left out, 1 failed.\n')
    expect(stderr).toContain('It is redirected elsewhere, which is not followed.')
    expect(fileNames(cwd).filter((name) => name.includes('tmp'))).toEqual([])
  })

  it('gives up when it cannot be reached', { timeout: 90_000 }, async () => {
    const { env, cwd } = await createPull()
    const { exitCode, output } = await runKeyblok(['pull'], {
      cwd,
      env: { ...env, STORYBLOK_API_URL: 'http://127.0.0.1:9' },
    })
    expect(exitCode).toBe(3)
    expect(output).toContain('KB_UPSTREAM_FAILED')
    expect(existsSync(join(cwd, '.storyblok'))).toBe(false)
  })
})

describe('the folder', () => {
  it('is left alone where it holds another space', async () => {
    const { run, folder } = await createPull()
    mkdirSync(join(folder, 'stories/7'), { recursive: true })
    const refused = await run()
    expect(refused.exitCode).toBe(2)
    expect(refused.output).toContain('holds the space 7, and STORYBLOK_SPACE_ID is 100001.')
    expect((await run('--force')).exitCode).toBe(0)
  })

  it('says what to do when it cannot be written', async () => {
    const { run, cwd } = await createPull()
    writeFileSync(join(cwd, 'file'), '')
    const { exitCode, output } = await run('--out', 'file/folder')
    expect(exitCode).toBe(1)
    expect(output).toMatch(/^file\/folder cannot be written: ENOTDIR.*\nMake room, or the folder writable/)
  })

  it('says so when it may only be read', async () => {
    const { cwd, env, folder } = await createPull()
    mkdirSync(folder)
    // Nothing is read-only to the superuser.
    const nobody = process.getuid?.() === 0 ? 65_534 : undefined
    for (const path of [cwd, folder]) chmodSync(path, 0o555)
    onTestFinished(() => chmodSync(cwd, 0o755), 0)
    onTestFinished(() => chmodSync(folder, 0o755), 0)
    const { exitCode, output } = await runKeyblok(['pull'], { cwd, env, uid: nobody })
    expect(exitCode).toBe(1)
    expect(output).toMatch(/^\.storyblok cannot be written: EACCES/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('holds whatever names others gave, and nothing beside it', async () => {
    const space = createLocalSpace()
    const content = { _uid: '1', component: 'page' }
    const slugs = ['..\\..\\con', 'aux', '.git', 'a:b', 'ü', 'x'.repeat(2000)]
    space.addStories(slugs.map((slug) => ({ fullSlug: `f/${slug}`, uuid: `../../../${slug}`, content })))
    const { run, cwd, folder } = await createPull(space)
    expect((await run()).stdout).toContain('Stories: 6 written.')
    expect(readdirSync(cwd)).toEqual(['.storyblok'])
    expect(await storiesOf(open(folder), '')).toEqual(await storiesOf(space, ''))
  })

  it('is not left by a link or by a list that was tampered with', async () => {
    const { run, folder, cwd } = await createPull()
    mkdirSync(join(cwd, 'elsewhere'))
    mkdirSync(folder)
    const link = join(folder, 'stories')
    symlinkSync(join(cwd, 'elsewhere'), link)
    const linked = await run('--only', 'stories')
    expect(linked).toMatchObject({ exitCode: 1, output: expect.stringContaining('is a symbolic link') })
    expect(readdirSync(join(cwd, 'elsewhere'))).toEqual([])

    rmSync(link)
    writeFileSync(join(cwd, 'precious'), '')
    const manifest = join(folder, 'keyblok/100001/pull.ndjson')
    writeFileSync(manifest, '{"version":1,"drafts":false}\n{"key":"assets/1","state":"","files":["../precious"]}\n')
    const tampered = await run('--only', 'assets', '--all-assets')
    expect(tampered).toMatchObject({ exitCode: 1, output: expect.stringContaining('leads out of the folder') })
    expect(existsSync(join(cwd, 'precious'))).toBe(true)

    writeFileSync(manifest, '{"version":2,"drafts":false}\n')
    expect((await run()).output).toContain('it was written by a newer Keyblok')
  })

  it('is put into .gitignore with --yes; otherwise the line is printed', async () => {
    const { run, cwd } = await createPull()
    const drafts = ['--drafts', '--only', 'components']
    const { stderr } = await run(...drafts)
    expect(stderr).toContain('! .storyblok will hold unpublished content: whoever reads it sees that.\n')
    expect(stderr).toContain('To keep it out of git, put this line into .gitignore: /.storyblok/\n')
    expect(existsSync(join(cwd, '.gitignore'))).toBe(false)
    writeFileSync(join(cwd, '.gitignore'), 'node_modules')
    await run(...drafts, '--yes')
    await run(...drafts, '--yes')
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules\n/.storyblok/\n')
  })

  it('keeps the secret of a preview’s address out', async () => {
    const { space, run, folder } = await createPull()
    await space.fetch(
      new Request(`http://space.test/v1/spaces/${space.id}`, {
        method: 'PUT',
        headers: { authorization: space.tokens.personal, 'content-type': 'application/json' },
        body: JSON.stringify({ space: { domain: 'https://site.example/preview?secret=fakeSecret&slug=' } }),
      }),
    )
    await run('--only', 'components')
    expect(JSON.parse(readFileSync(join(folder, 'space.json'), 'utf8'))).toEqual({
      id: 100001,
      name: 'Chalkline',
      domain: 'https://site.example/preview',
      languages: [{ code: 'de', name: 'Deutsch' }],
    })
  })
})

describe('what is asked for', () => {
  it.each([
    [['--only', 'pictures'], '--only takes stories, components, datasources, assets; pictures was given.'],
    [['--only', ''], 'nothing was given'],
    [['--draft'], 'There is no option --draft.'],
    [['--private-assets'], '--private-assets needs STORYBLOK_ASSET_TOKEN.'],
  ])('is refused when it is unknown or cannot be: %s', async (args, said) => {
    const { exitCode, output } = await runKeyblok(['pull', ...args])
    expect(output).toContain(said)
    expect(exitCode).toBe(2)
  })

  it('is a public token of the same space', async () => {
    const { env, cwd } = await createPull()
    const space = createLocalSpace()
    const { env: other } = await watchSpace(space, (path) =>
      path === '/v2/cdn/spaces/me' ? Response.json({ space: { id: 7, name: 'Other', version: 2 } }) : undefined,
    )
    const { exitCode, output } = await runKeyblok(['pull'], { cwd, env: { ...env, ...other } })
    expect(exitCode).toBe(1)
    expect(output).toContain('STORYBLOK_PUBLIC_TOKEN is of space 7, and STORYBLOK_SPACE_ID is 100001.')
  })
})
