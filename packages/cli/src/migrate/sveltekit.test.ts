import { describe, expect, it } from 'vitest'
import { move } from './test-support.js'

const vite = `import { sveltekit } from '@sveltejs/kit/vite'
import tailwind from '@tailwindcss/vite'
export default { plugins: [tailwind(), sveltekit(), other()] }
`
const layout = (rest: string): string => `import { apiPlugin, storyblokInit, useStoryblokApi } from '@storyblok/svelte'
import Page from '../lib/Page.svelte'
import { Hero } from '$lib/bloks'

export async function load() {
  storyblokInit({
    accessToken: import.meta.env.VITE_STORYBLOK_TOKEN,
    use: [apiPlugin],
    apiOptions: { region: 'us' },
    components: { page: Page, 'hero-large': Hero },
  })
  const storyblokApi = await useStoryblokApi()
${rest}}
`
const onlyClient = '  return { storyblokApi }\n'

describe('the layout', () => {
  it('goes where it only made the client, and its components become the map of bloks', () => {
    const { files, left } = move('sveltekit', { 'src/routes/+layout.ts': layout(onlyClient), 'vite.config.js': vite })
    expect(files['src/routes/+layout.ts']).toBeUndefined()
    expect(files).not.toHaveProperty('src/routes/+layout.server.ts')
    expect(files['src/lib/storyblok/bloks.js']).toBe(`import { defineBloks } from '@keyblok/sveltekit/stories'
import Page from '../Page.svelte'
import { Hero } from '$lib/bloks'

export default defineBloks({
  page: Page,
  'hero-large': Hero,
})
`)
    expect(files['.env.example']).toContain('STORYBLOK_REGION=us')
    expect(left).toEqual([])
  })

  it('moves to the server where it reads', () => {
    const rest = `  const { data } = await storyblokApi.get('cdn/stories/footer', { resolve_links: 'url' })

  return { storyblokApi, footer: data.story.content }
`
    const { files } = move('sveltekit', { 'src/routes/+layout.js': layout(rest), 'vite.config.js': vite })
    expect(files['src/routes/+layout.js']).toBeUndefined()
    expect(files['src/routes/+layout.server.js']).toBe(`import { useStoryblokApi } from '@keyblok/sveltekit/compat'

export async function load() {
  const storyblokApi = await useStoryblokApi()
  const { data } = await storyblokApi.get('cdn/stories/footer', { resolve_links: 'url' })

  return { footer: data.story.content }
}
`)
  })

  it('may import its components late, and from a module of its own', () => {
    const text = `import { apiPlugin, storyblokInit } from '@storyblok/svelte';
export async function useStoryblok() {
  await storyblokInit({
    components: { hero: (await import('$lib/bloks/Hero.svelte')).default, text: (await import('./Text.svelte')).default },
  });
}
`
    const { files, left } = move('sveltekit', { 'src/lib/storyblok.js': text, 'vite.config.js': vite })
    expect(files['src/lib/storyblok/bloks.js']).toContain("import Hero from '$lib/bloks/Hero.svelte'")
    expect(files['src/lib/storyblok/bloks.js']).toContain("import Text from '../Text.svelte'")
    expect(files['src/lib/storyblok.js']).not.toContain('storyblokInit')
    expect(left).toEqual([])
  })

  it('is left where components are not written out', () => {
    const text = `import { apiPlugin, storyblokInit } from '@storyblok/svelte'
storyblokInit({ use: [apiPlugin], components: await everything() })
`
    const { files, left } = move('sveltekit', { 'src/lib/storyblok.js': text, 'vite.config.js': vite })
    expect(files['src/lib/storyblok.js']).not.toContain('storyblokInit')
    expect(left).toEqual(['! src/lib/storyblok.js:2 The components of bloks are not written out.'])
  })
})

describe('pages', () => {
  const page = `import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, parent }) => {
  const { storyblokApi, lang } = await parent()
  const { data } = await storyblokApi.get(\`cdn/stories/\${params.slug}\`, { language: lang })
  return { story: data.story }
}
`
  const files = { 'src/routes/+layout.js': layout(onlyClient), 'vite.config.js': vite }

  it('ask for the client on the server', () => {
    const moved = move('sveltekit', { ...files, 'src/routes/[slug]/+page.ts': page })
    expect(moved.files['src/routes/[slug]/+page.ts']).toBeUndefined()
    expect(moved.files['src/routes/[slug]/+page.server.ts']).toBe(`import type { PageServerLoad } from './$types'
import { useStoryblokApi } from '@keyblok/sveltekit/compat'

export const load: PageServerLoad = async ({ params, parent }) => {
  const { lang } = await parent()
  const storyblokApi = useStoryblokApi()
  const { data } = await storyblokApi.get(\`cdn/stories/\${params.slug}\`, { language: lang })
  return { story: data.story }
}
`)
  })

  it('stay where they read something else', () => {
    const other = "export const load = async ({ fetch }) => ({ words: await (await fetch('/words')).text() })\n"
    expect(move('sveltekit', { ...files, 'src/routes/+page.js': other }).files).not.toHaveProperty(
      'src/routes/+page.js',
    )
  })

  it('are left where there is a load on the server already', () => {
    const { files: after, left } = move('sveltekit', {
      ...files,
      'src/routes/[slug]/+page.ts': page,
      'src/routes/[slug]/+page.server.ts': 'export const load = () => ({})\n',
    })
    expect(after).not.toHaveProperty('src/routes/[slug]/+page.server.ts')
    expect(left[0]).toBe(
      '! src/routes/[slug]/+page.ts:1 It reads Storyblok in the browser, and there is a load on the server already.',
    )
  })

  it('are left where a component reads', () => {
    const text = `<script>
  import { getStoryblokApi } from '@storyblok/svelte'
  const stories = getStoryblokApi().get('cdn/stories')
</script>
`
    const { left } = move('sveltekit', { ...files, 'src/lib/Latest.svelte': text })
    expect(left).toEqual(['! src/lib/Latest.svelte:2 A component reads Storyblok, in the browser too.'])
  })
})

describe('the server', () => {
  it('has the hook and the plugin, which comes after SvelteKit’s', () => {
    const { files } = move('sveltekit', { 'vite.config.js': vite, 'tsconfig.json': '{}' }, 2)
    expect(files['vite.config.js']).toBe(`import { sveltekit } from '@sveltejs/kit/vite'
import tailwind from '@tailwindcss/vite'
import { keyblok } from '@keyblok/sveltekit'
export default { plugins: [tailwind(), sveltekit(), other(), keyblok()] }
`)
    expect(files['src/hooks.server.ts']).toContain('export const handle = storyblokHandle()')
    expect(files).not.toHaveProperty('src/env.ts')
  })

  it('keeps the hooks that are there', () => {
    const hooks = 'export const handle = ({ event, resolve }) => resolve(event)\n'
    const { files } = move('sveltekit', { 'src/hooks.server.js': hooks, 'vite.config.js': vite }, 2)
    expect(files['src/hooks.server.js']).toContain(
      'export const handle = sequence(storyblokHandle(), ({ event, resolve }) => resolve(event))',
    )
  })

  it('has its variables declared in SvelteKit 3', () => {
    expect(move('sveltekit', { 'vite.config.js': vite }, 3).files['src/env.js']).toContain('storyblokEnv')
  })

  it('is left where hooks or a configuration are there that cannot be followed', () => {
    const { left } = move('sveltekit', {
      'src/hooks.server.js': '\nexport function handle({ event, resolve }) {}\n',
      'vite.config.js': 'export default make()\n',
    })
    expect(left).toEqual([
      '! src/hooks.server.js:2 The app has hooks, and they do not give requests their reader.',
      '! vite.config.js:1 The Vite plugin could not be added.',
    ])
  })
})

describe('environment files', () => {
  it('have tokens renamed, and tell of those that browsers could read', () => {
    const env = '# content\nVITE_STORYBLOK_TOKEN="fakePREVIEWfakePREVIEWtt"\nOTHER=1\n'
    const { files, left, secrets } = move('sveltekit', { '.env': env, 'vite.config.js': vite })
    expect(files['.env']).toContain('# content\nSTORYBLOK_PREVIEW_TOKEN="fakePREVIEWfakePREVIEWtt"\nOTHER=1\n')
    expect(left).toEqual(['! .env:2 Browsers could read VITE_STORYBLOK_TOKEN, and with it the token.'])
    expect(secrets).toEqual(['fakePREVIEWfakePREVIEWtt'])
  })

  it('keep both tokens of a project that had two, by what their names say', () => {
    const init = `import { storyblokInit } from '@storyblok/svelte'
import { PUBLIC_SB_PREVIEW, STORYBLOK_PUBLISHED } from '$env/static/public'
storyblokInit({ accessToken: dev ? PUBLIC_SB_PREVIEW : STORYBLOK_PUBLISHED })
`
    const env = 'PUBLIC_SB_PREVIEW=fakePREVIEWfakePREVIEWtt\nSTORYBLOK_PUBLISHED=fakePUBLICfakePUBLIC11tt\n'
    const { files } = move('sveltekit', { '.env': env, 'src/lib/sb.js': init, 'vite.config.js': vite })
    expect(files['.env']).toBe(
      'STORYBLOK_PREVIEW_TOKEN=fakePREVIEWfakePREVIEWtt\nSTORYBLOK_PUBLIC_TOKEN=fakePUBLICfakePUBLIC11tt\n',
    )
  })

  it('tell where a renamed variable is read', () => {
    const reads = "export const url = 'https://api.storyblok.com?token=' + import.meta.env.VITE_STORYBLOK_TOKEN\n"
    expect(move('sveltekit', { 'src/lib/url.js': reads, 'vite.config.js': vite }).left).toEqual([
      '! src/lib/url.js:1 The variable VITE_STORYBLOK_TOKEN is read, which is renamed.',
    ])
  })
})
