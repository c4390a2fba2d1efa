import { describeBuildFaults } from './specs/build-faults.ts'

const page = `---
import { storyPaths } from '@keyblok/astro/server'
import { posts } from '../../lib/posts'
export const getStaticPaths = storyPaths(posts)
const story = await Astro.locals.storyblok.story(posts, Astro.params.slug)
---
<h1>{story.content.title}</h1>`
const path = 'src/pages/posts/[slug].astro'

describeBuildFaults({
  framework: 'astro',
  files: {
    'src/lib/posts.ts': `import { defineSpace, defineStories } from '@keyblok/astro/stories'
export const posts = defineStories(defineSpace(), { contentType: 'post', startsWith: 'posts/' })`,
    [path]: page,
  },
  forgiving: { [path]: page.replace('storyPaths(posts)', '() => storyPaths(posts)().catch(() => [])') },
  fileOf: (slug) => `dist/posts/${slug}/index.html`,
})
