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

describe('the token', () => {
  const token = 'fakePREVIEWfakePREVIEWtt'
  const found = '! astro.config.mjs:6 An access token was written into the code.'
  const told = (options: string, more: string) => {
    const { left, secrets } = move('astro', { 'astro.config.mjs': config(options, more) })
    return { left, secrets }
  }

  it.each([
    ['accessToken: token', `const token = '${token}'\n`],
    ['accessToken', `const accessToken = '${token}' as string\n`],
    ['accessToken: storyblokToken()', `const storyblokToken = () => \`${token}\`\n`],
    ['accessToken: env.SB_TOKEN ?? sb.token', `const sb = { token: '${token}' }\n`],
    ['accessToken: token', `const { token = '${token}' } = settings()\n`],
  ])('is found in the code where it is named: %s, %s', (options, more) => {
    expect(told(options, more)).toEqual({ left: [found], secrets: [token] })
  })

  it('is found in options that have a name', () => {
    const text = `import { storyblok } from '@storyblok/astro'
const options = { accessToken: '${token}' }
export default { integrations: [storyblok(options)] }
`
    expect(move('astro', { 'astro.config.mjs': text }).secrets).toEqual([token])
  })

  it('is no name of a variable, and no address', () => {
    const more = "const token = read('https://example.com/secrets', 'STORYBLOK_PREVIEW_TOKEN')\n"
    expect(told('accessToken: token', more)).toEqual({ left: [], secrets: [] })
  })
})

describe('variables of a token', () => {
  const renamed = (accessToken: string, env: string, more = '') => {
    const text = config(`accessToken: ${accessToken}`, more)
    const { files, left } = move('astro', { 'astro.config.mjs': text, '.env': env })
    return { env: files['.env'], left }
  }
  const both = (name: string, line: number): string =>
    `! .env:${line} ${name} may hold the public token or the preview token: its name does not say which.`

  it('are what it is read from, not what chooses among them', () => {
    const chosen = "process.env.NODE_ENV === 'production' ? process.env.SB_LIVE : process.env.SB_DRAFT"
    const { env, left } = renamed(chosen, 'NODE_ENV=production\nSB_LIVE=a\nSB_DRAFT=b\n')
    expect(env).toBe('NODE_ENV=production\nSTORYBLOK_PUBLIC_TOKEN=a\nSTORYBLOK_PREVIEW_TOKEN=b\n')
    expect(left).toEqual([])
  })

  it.each(['NODE_ENV', 'MODE', 'BASE_URL', 'CI', 'VERCEL_ENV', 'NETLIFY', 'CF_PAGES', 'CONSTANT'])(
    'are not %s',
    (name) => {
      const read = name === 'CONSTANT' ? name : `process.env.${name}`
      expect(renamed(`${read} || env.SB_TOKEN`, `${name}=a\nSB_TOKEN=b\n`).env).toContain(
        `${name}=a\nSTORYBLOK_PREVIEW_TOKEN=b\n`,
      )
    },
  )

  it('stay where there are several, and their names do not say which they are', () => {
    const { env, left } = renamed('dev ? import.meta.env.SB_ONE : env["SB_TWO"]', 'SB_ONE=a\nSB_TWO=b\n')
    expect(env).toBeUndefined()
    expect(left).toEqual([both('SB_ONE', 1), both('SB_TWO', 2)])
  })

  it('are renamed one by one, where one alone says which it is', () => {
    const { env, left } = renamed('dev ? env.SB_TOKEN : env.SB_PUBLISHED', 'SB_TOKEN=a\nSB_PUBLISHED=b\n')
    expect(env).toBe('SB_TOKEN=a\nSTORYBLOK_PUBLIC_TOKEN=b\n')
    expect(left).toEqual([both('SB_TOKEN', 1)])
  })

  it('are found by other names, and out of objects', () => {
    const more = 'const { SB_DRAFT: token } = { ...process.env, ...env }\n'
    expect(renamed('token!', 'SB_DRAFT=a\n', more).env).toContain('STORYBLOK_PREVIEW_TOKEN=a\n')
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
