import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { writePreviewTwins } from './preview-twins.js'

function write(files: Readonly<Record<string, string>>, byDefault = true) {
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-twins-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, 'pages', path)), { recursive: true })
    writeFileSync(join(folder, 'pages', path), code)
  }
  const target = join(folder, 'twins')
  const canRender = (file: string): boolean => !readFileSync(file, 'utf8').includes('props')
  const { twins, left } = writePreviewTwins({
    pages: join(folder, 'pages'),
    target,
    prefix: '/_preview',
    byDefault,
    canRender,
  })
  return { patterns: twins.map(({ pattern }) => pattern), twins, left: left.map((file) => file.slice(folder.length)) }
}

it('writes a twin of each prerendered page, at its route below the preview’s path', () => {
  const { patterns, twins } = write({
    'index.astro': '',
    '[...lang]/articles/[slug].astro': '',
    'guides/index.astro': '',
    '404.astro': '',
    '_parts/Head.astro': '',
    'feed.xml.ts': '',
  })
  expect(patterns).toEqual(['/_preview/[...lang]/articles/[slug]', '/_preview/guides', '/_preview'])
  expect(readFileSync(twins[0]!.entrypoint, 'utf8')).toContain('from "../../../pages/[...lang]/articles/[slug].astro"')
})

it('writes none of a page on demand, which a site may guard by its path', () => {
  const admin = { 'admin.astro': '---\nexport const prerender = false\n---', 'about.astro': '' }
  expect(write(admin).patterns).toEqual(['/_preview/about'])
  const server = { 'admin.astro': '', 'about.astro': '---\nexport const prerender = true\n---' }
  expect(write(server, false).patterns).toEqual(['/_preview/about'])
})

it('names the pages that need what only a build has', () => {
  const { patterns, left } = write({ 'own.astro': 'props', 'about.astro': '' })
  expect([patterns, left]).toEqual([['/_preview/about'], ['/pages/own.astro']])
})
