import type { Plugin } from 'vite'

/** Sets what a Kit app needs: one copy of Kit, whose errors are told by their class. */
export function kitDefaults(): Plugin {
  return {
    name: 'keyblok:kit-defaults',
    config: () => ({ resolve: { dedupe: ['@sveltejs/kit'] } }),
  }
}
