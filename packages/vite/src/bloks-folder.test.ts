import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { importFolder } from './bloks-folder.js'

function createFolder(files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'keyblok-bloks-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const file of files) writeFileSync(join(root, file), '')
  return root
}

function pull(root: string, names: readonly string[]): string {
  const folder = join(root, '.storyblok/components/1')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'components.json'), JSON.stringify(names.map((name) => ({ name, schema: {} }))))
  return join(root, '.storyblok')
}

describe('a folder of components', () => {
  it('maps the space’s own names, and tells what is missing', () => {
    const folder = createFolder(['ArticleCard.astro', 'hero.astro', 'notes.md'])
    const { code, missing } = importFolder(folder, '.astro', pull(folder, ['article_card', 'hero', 'map']))
    expect(code.replaceAll(folder, '')).toMatchInlineSnapshot(`
      "import blok0 from "/ArticleCard.astro"
      import blok1 from "/hero.astro"
      export default {
        "article_card": blok0,
        "hero": blok1,
      }"
    `)
    expect(missing).toEqual(['map'])
  })

  it('maps every usual spelling while the names are not known', () => {
    const folder = createFolder(['ArticleCard.svelte'])
    const { code, missing } = importFolder(folder, '.svelte', join(folder, '.storyblok'))
    const names = [...code.matchAll(/"([\w-]+)": blok0/g)].map(([, name]) => name)
    expect(names).toEqual(['ArticleCard', 'article_card', 'article-card', 'articleCard'])
    expect(missing).toEqual([])
  })
})
