import { describe, expect, it } from 'vitest'
import { assetFileNames, isBelow, storyFileName } from './safe-path.js'

const hostile = [
  '../../etc/passwd',
  '..\\..\\windows',
  '/etc/passwd',
  'C:\\windows',
  'a\0b',
  '.git',
  '..',
  '',
  'CON',
  'nul.txt',
  'com1',
  'a:b',
  'ünïcödé 名前',
  'x'.repeat(5000),
  'trailing. ',
]

describe('file names of what others named', () => {
  it.each(hostile)('are names on every system: %j', (name) => {
    const names = [
      storyFileName({ slug: name, uuid: name }),
      ...Object.values(assetFileNames(`/f/1/x/abc/${name}`, 7)),
      ...Object.values(assetFileNames(`/f/1/x/abc/${name}.png`, 7)),
    ]
    for (const made of names) {
      expect(made).toMatch(/^\w[\w.-]*\.[a-z\d]+$/)
      expect(made).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\./i)
      expect(Buffer.byteLength(made)).toBeLessThan(256)
      expect(isBelow(`stories/1/${made}`)).toBe(true)
    }
  })

  it('are as Storyblok’s command line writes them', () => {
    expect(storyFileName({ slug: 'home', uuid: '8bc49be7-c40f' })).toBe('home_8bc49be7-c40f.json')
    expect(assetFileNames('/f/1/8x8/abc/rope-coil.PNG', 9015)).toEqual({
      file: 'rope-coil_9015.png',
      sidecar: 'rope-coil_9015.json',
    })
  })

  it('never make an asset the description of another file, or of itself', () => {
    expect(assetFileNames('/f/1/x/abc/data.json', 7)).toEqual({ file: 'data_7.json.bin', sidecar: 'data_7.json.json' })
    expect(assetFileNames('/f/1/x/abc/data', 7)).toEqual({ file: 'data_7.bin', sidecar: 'data_7.json' })
  })
})

describe('isBelow', () => {
  it.each(['../a', 'a/../../b', '/a', 'a//b', 'a\\b', 'C:/a', './a', ''])('refuses %j', (path) => {
    expect(isBelow(path)).toBe(false)
  })

  it('takes what lies below', () => {
    expect(isBelow('stories/1/home_1.json')).toBe(true)
  })
})
