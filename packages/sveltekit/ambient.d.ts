declare module 'virtual:keyblok/options' {
  const options: {
    drafts?: import('@keyblok/core').DraftsPolicy
    guard?: import('@keyblok/core/server').AnswerGuardOptions
    rateLimit?: boolean
    spaces?: import('@keyblok/core').EnvPrefix[]
    built?: import('@keyblok/core/server').Environment
  }
  export default options
}

declare module 'virtual:keyblok/bloks' {
  const bloks: Record<string, import('svelte').Component<{ blok: unknown }> | null | undefined>
  export default bloks
}

declare module 'virtual:keyblok/space' {
  const space: import('@keyblok/core').Space
  export default space
}

// What it exports is declared by each app, in its `src/env.ts`.
declare module '$app/env/private' {}
