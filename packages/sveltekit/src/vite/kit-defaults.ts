import type { Plugin } from 'vite'

/** What Vite's dev server refuses to serve by default; naming more replaces the list. */
const viteDenies = ['.env', '.env.*', '*.{crt,pem,key,p12,pfx,cer,der}', '.npmrc', '.yarnrc.yml', '**/.git/**']

/** SvelteKit writes the values of private variables to this file in dev, inside a folder that Vite serves. */
const generatedEnv = '**/generated/dev/env/config.js'

/** Sets what a Kit app needs: one copy of Kit, whose errors are told by their class, and a dev server that keeps secrets. */
export function kitDefaults(): Plugin {
  return {
    name: 'keyblok:kit-defaults',
    config(config) {
      const own = config.server?.fs?.deny
      return {
        resolve: { dedupe: ['@sveltejs/kit'] },
        // Merged with the site's own list, which has taken the place of Vite's.
        server: { fs: { deny: own === undefined ? [...viteDenies, generatedEnv] : [generatedEnv] } },
      }
    },
  }
}
