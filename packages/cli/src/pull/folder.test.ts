import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createFolder, demoContent, runKeyblok, watchSpace } from '../test-support.js'
import { createPull, fileNames, open, storiesOf, uuidOf } from './test-support.js'

// Each runs the command several times, in processes of their own.
vi.setConfig({ testTimeout: 90_000 })

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
    expect(tampered).toMatchObject({ exitCode: 1, output: expect.stringContaining('it lists ../precious') })
    expect(existsSync(join(cwd, 'precious'))).toBe(true)

    writeFileSync(manifest, '{"version":2,"drafts":false}\n')
    expect((await run()).output).toContain('it was written by a newer Keyblok')
  })

  it('keeps what a list names that no pull writes, and all else that it names', async () => {
    const { run, cwd } = await createPull()
    await run('--only', 'stories', '--out', '.')
    const before = fileNames(cwd)
    writeFileSync(join(cwd, 'package.json'), '{}')
    const entry = { key: 'stories/999', state: '', files: ['package.json'], note: '' }
    appendFileSync(join(cwd, 'keyblok/100001/pull.ndjson'), `${JSON.stringify(entry)}\n`)
    const { exitCode, output } = await run('--out', '.')
    expect(exitCode).toBe(1)
    expect(output).toContain('keyblok/100001/pull.ndjson cannot be used: it lists package.json, which no pull writes.')
    expect(fileNames(cwd)).toEqual([...before, 'package.json'].toSorted())
  })

  it.each([
    ['space.json', []],
    ['components/100001/components.json', ['--only', 'components']],
    ['stories/100001/imprint_UUID.json', ['--only', 'stories']],
    ['assets/100001/dawn-ridges_9001.svg', ['--only', 'assets', '--all-assets']],
  ])('keeps the file %s where no pull wrote it, unless --force is given', async (name, args) => {
    const { space, run, cwd } = await createPull()
    const file = join(cwd, name.replace('UUID', await uuidOf(space, 'imprint')))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, '{"mine":true}')
    for (let time = 0; time < 2; time++) {
      const refused = await run('--out', '.', ...args)
      expect(refused.exitCode).toBe(1)
      expect(refused.stderr).toContain(`${file} was not written by a pull, and is left as it is.\n`)
      expect(refused.stderr).toContain('--force replaces it; --out names another folder.')
      expect(readFileSync(file, 'utf8')).toBe('{"mine":true}')
    }
    expect((await run('--out', '.', '--force', ...args)).exitCode).toBe(0)
    expect(readFileSync(file, 'utf8')).not.toBe('{"mine":true}')
    // It is the pull's from then on.
    writeFileSync(file, '{"mine":true}')
    expect((await run('--out', '.', ...args)).exitCode).toBe(0)
  })

  it('takes for its own what is as a pull writes it', async () => {
    const { space, run, folder } = await createPull()
    const all = ['--drafts', '--private-assets']
    await run(...all)
    rmSync(join(folder, 'keyblok'), { recursive: true })
    expect((await run(...all)).exitCode).toBe(0)
    space.delete('imprint')
    expect((await run(...all)).stdout).toContain('1 removed')
    expect(fileNames(folder).join()).not.toContain('/imprint_')
  })

  it('is written by one pull at a time', async () => {
    const space = createLocalSpace({ content: demoContent })
    const { promise, resolve: goOn } = Promise.withResolvers<undefined>()
    const { promise: waiting, resolve: waits } = Promise.withResolvers<void>()
    const { env } = await watchSpace(space, (path) => {
      if (!path.endsWith('/components')) return undefined
      waits()
      return promise
    })
    const cwd = createFolder()
    const first = runKeyblok(['pull'], { cwd, env })
    await waiting
    const second = await runKeyblok(['pull'], { cwd, env })
    expect(second.exitCode).toBe(1)
    expect(second.stderr).toMatch(/^Another process \(\d+\) is at a pull into this folder\.\n/)
    goOn(undefined)
    expect((await first).exitCode).toBe(0)
    // Nothing is left that would keep the next one out.
    expect((await runKeyblok(['pull'], { cwd, env })).exitCode).toBe(0)
  })

  it('keeps no drafts without anybody asking for them', async () => {
    const { run, folder } = await createPull()
    await run('--drafts')
    const before = fileNames(folder)
    const refused = await run('--only', 'assets')
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain(
      'holds drafts, which a pull without --drafts and without stories would leave there.',
    )
    expect(refused.stderr).toContain('Give --drafts to keep them, or leave --only out, which takes them away.')
    expect(fileNames(folder)).toEqual(before)
    expect((await run('--only', 'assets', '--drafts')).exitCode).toBe(0)
    await run()
    expect((await run('--only', 'assets')).exitCode).toBe(0)
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
