declare module 'virtual:keyblok/options' {
  type RichTextOptions = Omit<import('@keyblok/core').PrepareOptions, 'space' | 'language'>
  const options: {
    drafts?: import('@keyblok/core').DraftsPolicy
    guard?: import('@keyblok/core/server').AnswerGuardOptions
    rateLimit?: boolean
    spaces?: import('@keyblok/core').EnvPrefix[]
    built?: import('@keyblok/core/server').Environment
    routing: import('@keyblok/core').Routing
    richText?: RichTextOptions
    /** Where the parts of the preview lie. */
    editor: import('@keyblok/core/preview').EditorParts
    /** The names of the space's components, where they are known. */
    components?: readonly string[]
  }
  export default options
  /** The path of the endpoint that opens private assets, below the app's base. */
  export const privateAssets: string | undefined
  export const richText: RichTextOptions | undefined
}

declare module 'virtual:keyblok/kit' {
  export const building: boolean
  export const dev: boolean
  /** Reads an environment variable, at run time. */
  export function variable(name: string): unknown
}

declare module 'virtual:keyblok/bloks' {
  type AnyComponent = import('svelte').Component<{ blok: unknown; data?: unknown }>
  const bloks: Record<string, AnyComponent | import('@keyblok/core').LazyBlok<AnyComponent> | null | undefined>
  export default bloks
  /** Whether any component may be imported late. */
  export const hasLazy: boolean
}

declare module 'virtual:keyblok/blok-data' {
  const functions: import('@keyblok/core').BlokDataFunctions
  export default functions
}

declare module 'virtual:keyblok/rich-text' {
  type Prepare = typeof import('./src/components/prepare-raw.js').prepareRaw
  /** Makes a rich text ready, where that is at hand. */
  export const prepareNow: Prepare | undefined
  export function loadPrepare(): Promise<typeof import('./src/components/prepare-raw.js')>
  /** Refuses components for types that the plugin does not know of, where somebody can read it. */
  export const checkShown: ((types: readonly string[]) => void) | undefined
  export const RichTextElement: typeof import('./src/components/RichTextElement.svelte').default | undefined
}

declare module 'virtual:keyblok/picture' {
  type MakeAttributes = import('./src/components/picture.js').MakeAttributes
  /** Makes the attributes of a picture, where that is at hand. */
  export const makeNow: MakeAttributes | undefined
  export function loadMake(): Promise<typeof import('./src/components/make-picture.js')>
}

declare module 'virtual:keyblok/navigation' {
  /** Resolves once SvelteKit has taken the page over. */
  export function started(): Promise<void>
  /** Goes to another page. */
  export function go(address: string): Promise<void>
  /** Runs the page's loads and queries again. */
  export function refresh(): Promise<void>
  /** Tells SvelteKit, once it has started, that the address is another one. */
  export function renewAddress(): Promise<void>
}

declare module 'virtual:keyblok/bridge' {
  export const loadBridge: import('@keyblok/core/editor').LoadBridge
}
