import { isOneOf } from './guard-messages.js'

/** A story as the Visual Editor tells it. */
export interface EditorStory {
  id: number
  content: Readonly<Record<string, unknown>>
  name?: string
  tag_list?: readonly string[]
}

/** What the editor did with a story. */
export interface EditorEvent {
  slug?: string
  storyId: number
  slugChanged?: boolean
}

/** Storyblok's own bridge, as far as it is used. */
export interface Bridge {
  on(action: 'input', hear: (event: { story: EditorStory }) => void): void
  on(action: readonly ('change' | 'published' | 'unpublished')[], hear: (event: EditorEvent) => void): void
}

/** What makes a {@link Bridge}. */
export type BridgeClass = new (options: {
  customParent: string
  resolveRelations: readonly string[]
  resolveLinks: string | null
}) => Bridge

/** Loads Storyblok's bridge: the package that the site installed, or Storyblok's own script. */
export type LoadBridge = () => Promise<BridgeClass>

/**
 * Finds the origin of the editor that frames the page; `undefined` when something else does, or nothing. Where the browser
 * does not tell, it is the only one that there can be.
 */
export function findEditor(editors: readonly string[]): string | undefined {
  const [parent] = location.ancestorOrigins ?? []
  if (parent !== undefined) return isOneOf(parent, editors) ? parent : undefined
  const referrer = URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined
  return referrer !== undefined && isOneOf(referrer, editors) ? referrer : editors.find((one) => !one.endsWith('*'))
}
