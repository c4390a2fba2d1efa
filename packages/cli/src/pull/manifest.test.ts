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
  write('stories/a')
  load().set('stories/1', { state: 'x', files: ['stories/a'] })
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
  write('stories/a')
  manifest.set('stories/1', { state: 'x', files: ['stories/a'] })
  expect(manifest.isCurrent('stories/1', 'y')).toBe(false)
  manifest.set('stories/2', { state: 'x', files: ['stories/b'] })
  expect(manifest.isCurrent('stories/2', 'x')).toBe(false)
})

it('deletes what it wrote, and nothing else', () => {
  const { load, root, write } = createManifest()
  const manifest = load()
  for (const path of ['stories/a', 'stories/b', 'stories/mine']) write(path)
  manifest.set('stories/1', { state: 'x', files: ['stories/a', 'stories/b'] })
  expect(manifest.foreignFiles('stories')).toEqual(['mine'])
  manifest.makeWay('stories/1', ['stories/b'])
  expect(existsSync(join(root, 'stories/a'))).toBe(false)
  manifest.delete('stories/1')
  expect(existsSync(join(root, 'stories/b'))).toBe(false)
  expect(existsSync(join(root, 'stories/mine'))).toBe(true)
  expect(load().keys('')).toEqual([])
})

it('remembers that there may be drafts', () => {
  const { load } = createManifest()
  load().drafts = true
  expect(load().drafts).toBe(true)
})

it.each(['no JSON', '{}', '{"key":1,"files":[]}', '{"key":"a","files":[1]}'])('refuses the line %s', (line) => {
  const { load, file } = createManifest()
  writeFileSync(file, `${line}\n`)
  expect(load).toThrow('keyblok/1/pull.ndjson cannot be used: it is not what a pull writes.')
})
