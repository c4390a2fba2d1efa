import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'

/** What all sides have in common: a server of its own, and nothing written twice for servers that send files packed. */
export function configOf(...plugins) {
  const kit = sveltekit({
    adapter: adapter({ precompress: false }),
    files: { appTemplate: '../shared/app.html' },
  })
  return { plugins: [kit, ...plugins] }
}
