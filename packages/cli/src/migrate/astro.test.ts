import { describe, expect, it } from 'vitest'
import { move } from './test-support.js'

const config = (options: string, more = ''): string => `import { storyblok } from '@storyblok/astro'
import { defineConfig } from 'astro/config'
import { loadEnv } from 'vite'

const env = loadEnv('', process.cwd(), 'STORYBLOK')
${more}
export default defineConfig({ integrations: [storyblok({ ${options} })] })
`

describe('the configuration', () => {
  it('has Keyblok’s integration, and nothing that only the token needed', () => {
    const { files, left } = move('astro', { 'astro.config.mjs': config('accessToken: env.STORYBLOK_TOKEN') })
    expect(files['astro.config.mjs']).toBe(`import keyblok from '@keyblok/astro'
import { defineConfig } from 'astro/config'

export default defineConfig({ integrations: [keyblok()] })
`)
    expect(left).toEqual([])
  })

  it('keeps what else the environment is read for, and the region', () => {
    const options = "accessToken: env.STORYBLOK_TOKEN, apiOptions: { region: 'us' }"
    const { files } = move('astro', { 'astro.config.mjs': config(options, 'console.log(env.SITE)\n') })
    expect(files['astro.config.mjs']).toContain("const env = loadEnv('', process.cwd(), 'STORYBLOK')")
    expect(files['astro.config.mjs']).toContain("keyblok({ region: 'us' })")
  })

  it('takes a default import, double quotes, semicolons and tabs as they are', () => {
    const text = `import storyblok from "@storyblok/astro";
export default {
\tintegrations: [
\t\t// content
\t\tstoryblok({ accessToken: process.env.STORYBLOK_TOKEN }),
\t],
};
`
    const { files } = move('astro', { 'astro.config.mjs': text })
    expect(files['astro.config.mjs']).toBe(`import keyblok from "@keyblok/astro";
export default {
\tintegrations: [
\t\t// content
\t\tkeyblok(),
\t],
};
`)
  })

  it('keeps the ends of lines', () => {
    const text = config('accessToken: env.STORYBLOK_TOKEN').replaceAll('\n', '\r\n')
    const { files } = move('astro', { 'astro.config.mjs': text })
    expect(files['astro.config.mjs']?.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('tells of options that have no counterpart, and of a token in it, which it does not say', () => {
    const token = 'fakePREVIEWfakePREVIEWtt'
    const options = `accessToken: '${token}', enableFallbackComponent: true, apiOptions: { rateLimit: 5 }`
    const { left, secrets } = move('astro', { 'astro.config.mjs': config(options) })
    expect(left).toEqual([
      '! astro.config.mjs:7 An access token was written into the code.',
      'astro.config.mjs:7 The option “enableFallbackComponent” of Storyblok’s integration is gone.',
      'astro.config.mjs:7 The option “rateLimit” of Storyblok’s integration is gone.',
    ])
    expect(secrets).toEqual([token])
  })

  it('is left where the call is not found', () => {
    const text = "import { storyblok } from '@storyblok/astro'\nexport default { integrations: make(storyblok) }\n"
    expect(move('astro', { 'astro.config.mjs': text }).left).toEqual([
      '! astro.config.mjs:1 The call of Storyblok’s integration was not found.',
      '! astro.config.mjs:1 storyblok is imported from @storyblok/astro.',
    ])
  })
})

describe('the map of bloks', () => {
  const files = {
    'astro.config.mjs': config("components: { page: 'bloks/Page', 'blog-post': 'bloks/BlogPost.astro' }"),
    'src/bloks/Page.astro': '',
    'src/bloks/BlogPost.astro': '',
    'src/storyblok/ArticleCard.astro': '',
  }

  it('has what was configured, and what lay in the folder, under names that are guessed', () => {
    const moved = move('astro', files)
    expect(moved.files['src/storyblok/bloks.js']).toBe(`import { defineBloks } from '@keyblok/astro/stories'
import Page from '../bloks/Page.astro'
import BlogPost from '../bloks/BlogPost.astro'
import ArticleCard from './ArticleCard.astro'

export default defineBloks({
  page: Page,
  'blog-post': BlogPost,
  article_card: ArticleCard,
})
`)
    expect(moved.left).toEqual([
      'src/storyblok/ArticleCard.astro:1 It is taken for the component of the blok “article_card”.',
    ])
  })

  it('has the names of pulled components', () => {
    const components = JSON.stringify([{ name: 'article-card', schema: {}, is_root: false, is_nestable: true }])
    const moved = move('astro', {
      ...files,
      '.storyblok/components/1/components.json': components,
      'tsconfig.json': '{}',
    })
    expect(moved.files['src/storyblok/bloks.ts']).toContain("'article-card': ArticleCard,")
    expect(moved.left).toEqual([])
  })

  it('stays as it is where there is one', () => {
    const moved = move('astro', { ...files, 'src/storyblok/bloks.ts': 'export default {}' })
    expect(moved.files).not.toHaveProperty('src/storyblok/bloks.ts')
  })
})

describe('imports', () => {
  const importing = (line: string, file = 'src/pages/index.astro') =>
    move('astro', { [file]: file.endsWith('.astro') ? `---\n${line}\n---\n<p />\n` : `${line}\n` })

  it.each([
    [
      "import { useStoryblokApi, storyblokEditable as edit } from '@storyblok/astro'",
      "import { useStoryblokApi, storyblokEditable as edit } from '@keyblok/astro/compat'",
    ],
    [
      "import type { ISbStoryData } from '@storyblok/astro'",
      "import type { ISbStoryData } from '@keyblok/astro/compat'",
    ],
    [
      'import { renderRichText } from "@storyblok/richtext";',
      'import { renderRichText } from "@keyblok/astro/compat";',
    ],
    [
      "import Component from '@storyblok/astro/StoryblokComponent.astro'",
      "import Component from '@keyblok/astro/compat/StoryblokComponent.astro'",
    ],
    [
      "import { useStoryblokApi, toCamelCase } from '@storyblok/astro'",
      "import { useStoryblokApi } from '@keyblok/astro/compat'\nimport { toCamelCase } from '@storyblok/astro'",
    ],
  ])('%s', (before, after) => {
    expect(importing(before).files['src/pages/index.astro']).toBe(`---\n${after}\n---\n<p />\n`)
  })

  it('are left where there is no counterpart, and the package stays for them', () => {
    const moved = importing("import { loadStoryblokBridge } from '@storyblok/astro'", 'src/bridge.ts')
    expect(moved.left).toEqual(['! src/bridge.ts:1 loadStoryblokBridge is imported from @storyblok/astro.'])
    expect(moved.files['package.json']).toContain('"@storyblok/astro"')
    expect(moved.files['package.json']).toContain('"@keyblok/astro":"^1.2.3"'.replace(':', ': '))
  })

  it('are found inside of scripts, and not in texts or comments', () => {
    const page = `---
const words = "import { useStoryblokApi } from '@storyblok/astro'"
---
<!-- from '@storyblok/astro' -->
<script>
  import { renderRichText } from '@storyblok/astro'
</script>
`
    const moved = move('astro', { 'src/pages/index.astro': page })
    expect(moved.files['src/pages/index.astro']).toBe(
      page.replace(
        "  import { renderRichText } from '@storyblok/astro'",
        "  import { renderRichText } from '@keyblok/astro/compat'",
      ),
    )
  })

  it('are left in a file that cannot be read', () => {
    const moved = importing("import { from '@storyblok/astro'", 'src/broken.ts')
    expect(moved.left).toEqual(['! src/broken.ts:1 The script cannot be read.'])
  })
})

describe('what can be left out', () => {
  it('is told by file and line', () => {
    const page = `---
import { getLiveStory, renderRichText, useStoryblokApi } from '@storyblok/astro'
const live = await getLiveStory(Astro)
const { data } = await useStoryblokApi().get('cdn/stories/home', { version: 'draft' })
const html = renderRichText(data.story.content.text, { resolver: () => '' })
---
`
    expect(move('astro', { 'src/pages/index.astro': page }).left).toEqual([
      'src/pages/index.astro:3 It gives nothing: what an editor types is in what the client reads.',
      'src/pages/index.astro:4 The parameter “version” does nothing: Keyblok decides it for each request.',
      'src/pages/index.astro:5 renderRichText() knows no options of Storyblok’s renderer.',
    ])
  })
})

describe('a project that has moved', () => {
  it('is moved once', () => {
    const moved = move('astro', {
      'astro.config.mjs': config("accessToken: env.STORYBLOK_TOKEN, components: { page: 'storyblok/Page' }"),
      'src/storyblok/Page.astro': "---\nimport { storyblokEditable } from '@storyblok/astro'\n---\n",
      '.env': 'STORYBLOK_TOKEN=fakePREVIEWfakePREVIEWtt\n',
    })
    expect(Object.keys(moved.files)).toHaveLength(6)
    expect(moved.again().files).toEqual({})
  })
})
