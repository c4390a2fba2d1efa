import { nameOf, propertyOf } from '../code.js'
import type { Node } from '../../project/syntax-tree.js'
import type { ProjectDraft } from '../project-draft.js'

/** What the options of Storyblok's integration become, where they become nothing. */
const optionHints: Readonly<Record<string, string>> = {
  bridge:
    'Nothing is needed: editors’ pages get the bridge by themselves. `preview: { bridge: "cdn" }` takes Storyblok’s own script.',
  livePreview: 'Nothing is needed: what is typed shows in the page. See docs/preview.md.',
  enableFallbackComponent: 'Nothing is needed: editors see a note where a blok has no component, and visitors nothing.',
  customFallbackComponent: 'There is no fallback component: give the blok a component in the map of bloks.',
  useCustomApi: 'Nothing is needed.',
  cache: 'Nothing is needed: published reads are kept until something is published.',
  rateLimit: 'Set `rateLimit: false` in keyblok() for an API without limits.',
  fetch: 'There is no option for it.',
}
const silent = new Set([
  'accessToken',
  'components',
  'componentsDir',
  'apiOptions',
  'bridge',
  'livePreview',
  'useCustomApi',
])

/** Tells of the options of Storyblok's integration that have no counterpart. */
export function leaveOptions(draft: ProjectDraft, file: string, options: Node | undefined): void {
  const apiOptions = propertyOf(options, 'apiOptions')?.['value'] as Node | undefined
  const names = [options, apiOptions]
    .flatMap((object) => (object?.['properties'] ?? []) as Node[])
    .map(({ key }) => nameOf(key))
    .filter((name) => name !== 'region' && !silent.has(name))
  const at = (draft.read(file) ?? '').indexOf('keyblok(')
  for (const name of names) {
    const hint = optionHints[name] ?? 'Keyblok has no such option.'
    draft.leave(file, at, { what: `The option “${name}” of Storyblok’s integration is gone.`, hint, needed: false })
  }
}
