import type { StoryInput } from '@keyblok/space'
import { generateStories } from './generate-stories.ts'

const sentences: readonly string[] = [
  'The wall is dry by noon, except for the corner where it is not dry in August either.',
  'We counted the pitches twice and came to different numbers both times.',
  'Whoever carries the rope decides how long a break is.',
  'There is a hut below the saddle, and in the hut there is a stove that smokes when the wind is from the west.',
  'Nobody has ever been sorry to have turned round at the second belay.',
  'The guidebook says an hour, and the guidebook was written by somebody in a hurry.',
  'In spring the path is a stream, which is the better way to know where it goes.',
  'Take the longer rope, and leave the shorter one to whoever asks why.',
]

/**
 * Makes stories as articles are: those of `generateStories`, each with a picture, with a rich text of about 2 kB that has
 * headings, a list, marks, and links to another story and elsewhere, and with bloks whose texts differ.
 */
export function generateArticles(count: number, related: number): StoryInput[] {
  return generateStories(count, related).map((story, index, stories) => ({
    ...story,
    content: {
      ...story.content,
      image: pictureOf(index),
      text: { type: 'doc', content: blocksOf(index, stories[(index + 1) % count]!) },
      body: bloksOf(index),
    },
  }))
}

function sentenceOf(index: number): string {
  return sentences[index % sentences.length] ?? ''
}

function bloksOf(index: number): object[] {
  return Array.from({ length: 6 }, (_, part) => ({
    _uid: `u${index}-${part}`,
    component: 'text',
    text: `${part + 1}. ${[0, 1, 2].map((step) => sentenceOf(index + part + step * (part + 1))).join(' ')}`,
  }))
}

function pictureOf(index: number): object {
  const hash = (index * 2_654_435_761).toString(16).padStart(10, '0').slice(-10)
  return {
    id: 9000 + index,
    alt: `The wall of post ${index}`,
    name: '',
    focus: '',
    title: '',
    source: '',
    filename: `https://a.storyblok.com/f/100001/1600x1000/${hash}/wall-${index}.jpg`,
    copyright: '',
    fieldtype: 'asset',
    meta_data: {},
    is_external_url: false,
  }
}

function blocksOf(index: number, next: StoryInput): object[] {
  const sentence = (step: number): string => sentenceOf(index + step)
  const heading = (content: string): object => ({ type: 'heading', attrs: { level: 2 }, content: [text(content)] })
  const items = [0, 3, 5].map((step) => ({ type: 'list_item', content: [paragraph(text(sentence(step)))] }))
  return [
    paragraph(text(`${sentence(1)} `), text(sentence(2), { type: 'bold' }), text(` ${sentence(3)}`)),
    paragraph(
      text(`${sentence(4)} It was told in `),
      text('another post', linkTo({ href: `/${next.fullSlug}`, uuid: next.uuid, linktype: 'story' })),
      text(`, and forgotten since. ${sentence(5)}`),
    ),
    heading('How to get there'),
    paragraph(text(`${sentence(6)} ${sentence(7)} ${sentence(0)}`)),
    { type: 'bullet_list', content: items },
    paragraph(text(`${sentence(2)} ${sentence(4)} `), text(sentence(6), { type: 'italic' })),
    heading('What to bring'),
    paragraph(
      text(`${sentence(7)} Boots are sold `),
      text('in the valley', linkTo({ href: 'https://example.com/boots', uuid: null, linktype: 'url' })),
      text(`. ${sentence(1)} ${sentence(3)}`),
    ),
    { type: 'blockquote', content: [paragraph(text(sentence(4)))] },
    paragraph(text(`${sentence(5)} ${sentence(0)} ${sentence(2)}`)),
  ]
}

function paragraph(...content: readonly object[]): object {
  return { type: 'paragraph', content }
}

function text(content: string, ...marks: readonly object[]): object {
  return { text: content, type: 'text', ...(marks.length > 0 && { marks }) }
}

function linkTo(attributes: object): object {
  return { type: 'link', attrs: { ...attributes, anchor: null, target: '_self' } }
}
