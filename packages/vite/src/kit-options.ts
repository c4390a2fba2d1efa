import type { ResolvedConfig } from 'vite'

/** What is read of SvelteKit’s options. */
export interface KitOptions<Adapter = unknown> {
  adapter?: Adapter
  appDir?: string
  env?: { dir?: string }
  files?: { appTemplate?: string; errorTemplate?: string }
  outDir?: string
  paths?: { base?: string; assets?: string }
}

/** SvelteKit’s plugin that holds its options. */
export const kitPlugin = 'vite-plugin-sveltekit-setup'

/** Finds SvelteKit’s options, which are flat in SvelteKit 3 and below `kit` in SvelteKit 2. */
export function kitOptionsOf<Adapter>({ plugins }: Pick<ResolvedConfig, 'plugins'>): KitOptions<Adapter> | undefined {
  const api = plugins.find(({ name }) => name === kitPlugin)?.api as
    | { options?: KitOptions<Adapter> & { kit?: KitOptions<Adapter> } }
    | undefined
  return api?.options?.kit ?? api?.options
}
