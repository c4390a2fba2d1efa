declare module 'virtual:keyblok/options' {
  const options: { drafts?: import('@keyblok/core').DraftsPolicy }
  export default options
}

declare module 'virtual:keyblok/bloks' {
  const bloks: Record<string, import('svelte').Component<{ blok: unknown }> | undefined>
  export default bloks
}

// What it exports is declared by each app, in its `src/env.ts`.
declare module '$app/env/private' {}
