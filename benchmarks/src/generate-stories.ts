import type { StoryInput } from '@keyblok/space'

/** The values of the field `topic` of generated stories, which take turns. */
export const topics: readonly string[] = ['granite', 'gneiss', 'limestone', 'sandstone']

/** The full slug of a generated story. */
export function slugOf(index: number): string {
  return `posts/post-${index}`
}

/** Makes stories of about 2.5 kB, each with relations to others of the same set. */
export function generateStories(count: number, related: number): StoryInput[] {
  const uuidOf = (index: number): string => `00000000-0000-4000-9000-${String(index % count).padStart(12, '0')}`
  return Array.from({ length: count }, (_, index) => ({
    fullSlug: slugOf(index),
    uuid: uuidOf(index),
    position: index,
    content: {
      _uid: `u${index}`,
      component: 'post',
      title: `Post ${index}`,
      topic: topics[index % topics.length],
      related: Array.from({ length: related }, (__, step) => uuidOf(index + 1 + step * 7)),
      body: Array.from({ length: 8 }, (__, part) => ({
        _uid: `u${index}-${part}`,
        component: 'text',
        text: 'Chalk, rope and a long way home. '.repeat(7),
      })),
    },
  }))
}
