import { describeBuildFaults } from './specs/build-faults.ts'

const load = `import { storyEntries, storyLoad } from '@keyblok/sveltekit/server'
import { posts } from '../../../lib/posts.ts'
export const entries = storyEntries(posts)
export const load = storyLoad(posts, ({ params }) => params.slug)`
const path = 'src/routes/posts/[slug]/+page.server.js'

describeBuildFaults({
  framework: 'sveltekit',
  files: {
    'src/env.ts': `import { storyblokEnv } from '@keyblok/sveltekit/env'
import { defineEnvVars } from '@sveltejs/kit/env'
export const variables = defineEnvVars({ ...storyblokEnv({ optional: true }) })`,
    'src/hooks.server.js': `import { storyblokHandle } from '@keyblok/sveltekit/server'
export const handle = storyblokHandle()`,
    'src/lib/posts.ts': `import { defineSpace, defineStories } from '@keyblok/sveltekit/stories'
export const posts = defineStories(defineSpace(), { contentType: 'post', startsWith: 'posts/' })`,
    [path]: load,
    'src/routes/posts/[slug]/+page.svelte': `<script>
  let { data } = $props()
</script>
<h1>{data.story.content.title}</h1>`,
  },
  forgiving: { [path]: load.replace('storyEntries(posts)', '() => storyEntries(posts)().catch(() => [])') },
  fileOf: (slug) => `.svelte-kit/output/prerendered/pages/posts/${slug}.html`,
})
