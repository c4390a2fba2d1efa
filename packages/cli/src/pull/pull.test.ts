import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { describe, expect, it, vi } from 'vitest'
import { createFolder, demoContent, runKeyblok, watchSpace } from '../test-support.js'
import { textIn, fileNames, storiesOf, answersOf, unpublishedSentences, createPull, open } from './test-support.js'

// Each runs the command several times, in processes of their own.
vi.setConfig({ testTimeout: 90_000 })

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

  it('prints what others named without what controls a terminal', async () => {
    const space = createLocalSpace()
    const content = { _uid: '1', component: 'page' }
    space.addStories([{ fullSlug: 'fake\u001B[2J\nall is well', content }])
    const { env } = await watchSpace(space, (path) =>
      /v1.*stories\/\d+$/.test(path) ? Response.json(['No\u009B2J'], { status: 404 }) : undefined,
    )
    const { stderr } = await runKeyblok(['pull', '--only', 'stories'], { env })
    expect(stderr).toContain('Failed, of the stories: fake�[2J�all is well. ')
    for (const control of ['\u001B', '\u009B']) expect(stderr).not.toContain(control)
  })

  it('pulls a space that is empty', async () => {
    const { run, folder } = await createPull(createLocalSpace())
    expect((await run()).stdout).toBe('Components: 1 written.\nDatasources: none.\nStories: none.\nAssets: none.\n')
    expect(await storiesOf(open(folder), 'version=draft')).toEqual([])
  })

  it('pulls 1,500 stories', async () => {
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
