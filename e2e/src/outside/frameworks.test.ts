import { describe, expect, it } from 'vitest'
import { startDev } from '../../../scripts/lib/playground.ts'
import { createFixture } from '../support/fixture.ts'
import { serveDemoSpace } from '../support/space.ts'
import { tokens } from '../support/tokens.ts'

// Storyblok's own packages, unmodified, render a page of the local space.

describe('@storyblok/astro', () => {
  it('renders a story', async () => {
    const { listener } = await serveDemoSpace()
    const folder = createFixture('astro', {
      'astro.config.mjs': `
import { storyblok } from '@storyblok/astro'
import { defineConfig } from 'astro/config'
export default defineConfig({
  integrations: [storyblok({
    accessToken: '${tokens.public}',
    apiOptions: { endpoint: '${listener.url}/v2' },
    bridge: false,
    componentsDir: 'src',
    components: { page: 'storyblok/Page', hero: 'storyblok/Hero' },
    enableFallbackComponent: true,
  })],
})`,
      'src/storyblok/Page.astro': `---
import StoryblokComponent from '@storyblok/astro/StoryblokComponent.astro'
const { blok } = Astro.props
---
<main>{blok.body.map((item) => <StoryblokComponent blok={item} />)}</main>`,
      'src/storyblok/Hero.astro': '---\nconst { blok } = Astro.props\n---\n<h1>{blok.headline}</h1>',
      'src/pages/index.astro': `---
import { useStoryblokApi } from '@storyblok/astro'
import StoryblokComponent from '@storyblok/astro/StoryblokComponent.astro'
const { data } = await useStoryblokApi().get('cdn/stories/home', { version: 'published' })
---
<StoryblokComponent blok={data.story.content} />`,
    })
    const site = await startDev('astro', {}, { folder })
    const html = await (await fetch(site.url)).text()
    await site.stop()
    expect(html).toContain('<main')
    expect(html).toMatch(/<h1[^>]*>[^<]*\w+/)
  })
})

describe('@storyblok/svelte', () => {
  it('renders a story', async () => {
    const { listener } = await serveDemoSpace()
    const folder = createFixture('sveltekit', {
      'vite.config.js': `
import { sveltekit } from '@sveltejs/kit/vite'
export default { plugins: [sveltekit()], ssr: { noExternal: ['@storyblok/svelte'] } }`,
      'src/env.ts': 'export const variables = {}',
      'src/lib/Hero.svelte': '<script>let { blok } = $props()</script><h1>{blok.headline}</h1>',
      'src/lib/Page.svelte': `<script>
import { StoryblokComponent } from '@storyblok/svelte'
let { blok } = $props()
</script>
<main>{#each blok.body.filter((item) => item.component === 'hero') as item (item._uid)}<StoryblokComponent blok={item} />{/each}</main>`,
      'src/routes/+layout.js': `
import { apiPlugin, storyblokInit, useStoryblokApi } from '@storyblok/svelte'
import Hero from '../lib/Hero.svelte'
import Page from '../lib/Page.svelte'
export const ssr = true
export async function load() {
  storyblokInit({
    accessToken: '${tokens.public}',
    use: [apiPlugin],
    apiOptions: { endpoint: '${listener.url}/v2' },
    components: { page: Page, hero: Hero },
  })
  const { data } = await useStoryblokApi().get('cdn/stories/home', { version: 'published' })
  return { story: data.story }
}`,
      'src/routes/+page.svelte': `<script>
import { StoryblokComponent } from '@storyblok/svelte'
let { data } = $props()
</script>
<StoryblokComponent blok={data.story.content} />`,
    })
    const site = await startDev('sveltekit', {}, { folder })
    const html = await (await fetch(site.url)).text()
    await site.stop()
    expect(html).toMatch(/<main[^>]*>(<!--.*?-->)*<h1[^>]*>[^<]*\w+/)
  })
})
