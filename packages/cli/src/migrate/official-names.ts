import type { Framework } from '../project/detect-project.js'

/** What a compat entry exports, for values and for types. */
const both = ['renderRichText', 'storyblokEditable', 'useStoryblokApi', 'useStoryblokBridge', 'StoryblokComponent']
const types = [
  'ISbCustomFetch',
  'ISbLinksParams',
  'ISbResult',
  'ISbStories',
  'ISbStoriesParams',
  'ISbStory',
  'ISbStoryData',
  'ISbStoryParams',
  'SbBlokData',
  'StoryblokClient',
]

/** What is kept of Storyblok's packages, by the framework. */
export const keptNames: Readonly<Record<Framework, ReadonlySet<string>>> = {
  astro: new Set([...both, ...types, 'getLiveStory', 'getPayload']),
  sveltekit: new Set([...both, ...types, 'getStoryblokApi']),
}

/** The entry that takes the place of Storyblok's packages. */
export const compatEntries: Readonly<Record<Framework, string>> = {
  astro: '@keyblok/astro/compat',
  sveltekit: '@keyblok/sveltekit/compat',
}

/** Storyblok's packages that projects import, and that go once nothing does. */
export const officialPackages: readonly string[] = [
  '@storyblok/astro',
  '@storyblok/svelte',
  '@storyblok/js',
  '@storyblok/richtext',
  'storyblok-js-client',
]

/** Files of Storyblok's packages that a file of ours takes the place of. */
export const movedFiles: Readonly<Record<string, string>> = {
  '@storyblok/astro/StoryblokComponent.astro': '@keyblok/astro/compat/StoryblokComponent.astro',
}

const guide = 'See https://github.com/keyblok/keyblok/blob/main/docs/guides/migrate.md'

/** What to do about what has no counterpart of its name. */
const hints: Readonly<Record<string, string>> = {
  apiPlugin: 'Delete it: the client needs no plugin.',
  storyblokInit: 'Delete it: tokens come from the environment, and components from the map of bloks.',
  getComponent: 'Use StoryblokComponent, or import the map of bloks.',
  loadStoryblokBridge:
    'Delete it, and the script around it: editors’ pages get the bridge by themselves, and only they.',
  registerStoryblokBridge: 'Use useStoryblokBridge, or delete it: editors’ pages get the bridge by themselves.',
  buildStoryblokImage: 'Use the component StoryblokImage, or imageUrl() of the entry /stories.',
  isEditorRequest:
    'Ask the reader: `Astro.locals.storyblok.version === "draft"`. It says so only for editors who proved it.',
  handleStoryblokMessage: 'Delete it: editors’ pages follow the editor by themselves.',
  sanitizeJSON: 'Delete it: no data of the server has to be put into the page for the editor.',
  toCamelCase: 'Write it yourself where you need it.',
  richTextResolver: 'Use renderRichText, or the component RichText with components of your own.',
  RichTextResolver: 'Use renderRichText, or the component RichText with components of your own.',
  StoryblokRichText: 'Use the component RichText: its field is the prop `doc`.',
  storyblokApi: 'Use useStoryblokApi() of the entry /compat.',
}

/** Files of Storyblok's packages, by the end of their name. */
const fileHints: Readonly<Record<string, string>> = {
  '/StoryblokServerData.astro': 'Delete it: the page is rendered again for each change, with all that it reads.',
  '/StoryblokRichText.astro': 'Use the component RichText of @keyblok/astro/components: its field is the prop `doc`.',
  '/client': 'Use useStoryblokApi() of the entry /compat, on the server.',
}

/** Says what to do about a name that has no counterpart. */
export function hintFor(name: string, source: string): string {
  const file = Object.keys(fileHints).find((end) => source.endsWith(end))
  return `${(file && fileHints[file]) ?? hints[name] ?? 'It has no counterpart.'} ${guide}`
}

/** Tells whether a module is of one of Storyblok's packages. */
export function isOfficial(source: unknown): source is string {
  return officialPackages.some((name) => source === name || String(source).startsWith(`${name}/`))
}
