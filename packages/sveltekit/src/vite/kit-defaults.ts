import { kitOptionsOf } from '@keyblok/vite'
import type { Plugin } from 'vite'

/**
 * Sets what a Kit app needs: one copy of Kit, whose errors are told by their class.
 *
 * @param onBase - Is told the path that the app lies under, empty for the root.
 */
export function kitDefaults(onBase: (base: string) => void): Plugin {
  return {
    name: 'keyblok:kit-defaults',
    config: () => ({ resolve: { dedupe: ['@sveltejs/kit'] } }),
    configResolved: (config) => onBase(kitOptionsOf(config)?.paths?.base ?? ''),
  }
}
