import { resolve } from 'node:path'
import { loadEnv } from 'vite'
import type { ResolvedConfig } from 'vite'
import { kitOptionsOf } from '../kit-options.js'

/** Reads the environment before there is a configuration: the process's, and the files of the project's folder. */
export function loadEnvFiles(mode: string, root: string): Record<string, string> {
  return loadEnv(mode, root, '')
}

/** Reads the environment as Vite does: the process’s, and the files of the mode; or as SvelteKit does, from its folder. */
export function envOf(config: Pick<ResolvedConfig, 'mode' | 'envDir' | 'root' | 'plugins'>): Record<string, string> {
  const { mode, envDir, root } = config
  const dir = kitOptionsOf(config)?.env?.dir
  return loadEnv(mode, dir === undefined ? envDir || root : resolve(root, dir), '')
}
