import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createFolder } from '../test-support.js'
import { Manifest } from './manifest.js'
import { PullFolder } from './pull-folder.js'

function createManifest() {
  const root = createFolder()
  const folder = new PullFolder(root, '1')
  folder.prepare()
  const write = (path: string): void => void folder.write(path, path)
  return { root, write, load: () => new Manifest(folder), file: join(root, 'keyblok/1/pull.ndjson') }
}

it('knows what was written by a process that ended anywhere', () => {
  const { load, file, write } = createManifest()
  write('stories/1/a')
  load().set('stories/1', { state: 'x', files: ['stories/1/a'] })
  for (let ended = 0; ended < 2; ended++) {
    appendFileSync(file, '{"key":"stories/2","st')
    const manifest = load()
    expect(manifest.isCurrent('stories/1', 'x')).toBe(true)
    expect(manifest.get('stories/2')).toBeUndefined()
    manifest.set('stories/3', { state: 'y', files: [] })
  }
  expect(load().keys('stories/')).toEqual(['stories/1', 'stories/3'])
})

it('takes nothing for current that changed, or whose files are gone', () => {
  const { load, write } = createManifest()
  const manifest = load()
  write('stories/1/a')
  manifest.set('stories/1', { state: 'x', files: ['stories/1/a'] })
  expect(manifest.isCurrent('stories/1', 'y')).toBe(false)
  manifest.set('stories/2', { state: 'x', files: ['stories/1/b'] })
  expect(manifest.isCurrent('stories/2', 'x')).toBe(false)
})

it('deletes what it wrote, and nothing else', () => {
  const { load, root, write } = createManifest()
  const manifest = load()
  for (const path of ['stories/1/a', 'stories/1/b', 'stories/1/mine']) write(path)
  manifest.set('stories/1', { state: 'x', files: ['stories/1/a', 'stories/1/b'] })
  expect(manifest.foreignFiles('stories/1')).toEqual(['mine'])
  manifest.makeWay('stories/1', ['stories/1/b'])
  expect(existsSync(join(root, 'stories/1/a'))).toBe(false)
  manifest.delete('stories/1')
  expect(existsSync(join(root, 'stories/1/b'))).toBe(false)
  expect(existsSync(join(root, 'stories/1/mine'))).toBe(true)
  expect(load().keys('')).toEqual([])
})

it('remembers that there may be drafts', () => {
  const { load } = createManifest()
  load().drafts = true
  expect(load().drafts).toBe(true)
})

it.each([
  'package.json',
  'src/a.json',
  'stories/a.json',
  'stories/2/a.json',
  'stories/1/../../package.json',
  'keyblok/1/pull.ndjson',
  'Stories/1/a',
])('refuses a list that names %s, which no pull writes', (name) => {
  const { load, file } = createManifest()
  const lines = [
    { key: 'a', state: '', files: ['space.json', 'stories/1/a'] },
    { key: 'b', state: '', files: [name] },
  ]
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  expect(load).toThrow(`keyblok/1/pull.ndjson cannot be used: it lists ${name}, which no pull writes.`)
})

it.each(['no JSON', '{}', '{"key":1,"files":[]}', '{"key":"a","files":[1]}'])('refuses the line %s', (line) => {
  const { load, file } = createManifest()
  writeFileSync(file, `${line}\n`)
  expect(load).toThrow('keyblok/1/pull.ndjson cannot be used: it is not what a pull writes.')
})
