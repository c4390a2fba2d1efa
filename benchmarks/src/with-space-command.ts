import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A local space that `keyblok space` serves. */
export interface SpaceCommand {
  origin: string
  spaceId: string
  previewToken: string
  personalToken: string
  pid: number
}

/**
 * Runs a measurement against `keyblok space`, as people start it.
 *
 * @param args - The command's arguments.
 */
export async function withSpaceCommand<T>(
  args: readonly string[],
  measure: (space: SpaceCommand) => Promise<T>,
): Promise<T> {
  const command = fileURLToPath(new URL('../node_modules/keyblok/bin/keyblok.js', import.meta.url))
  const child = spawn(process.execPath, [command, 'space', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let printed = ''
    for await (const chunk of child.stdout) {
      printed += String(chunk)
      if (printed.includes('Ctrl+C')) break
    }
    const valueOf = (name: string): string => new RegExp(`STORYBLOK_${name}=(.*)`).exec(printed)?.[1] ?? ''
    return await measure({
      origin: valueOf('API_URL'),
      spaceId: valueOf('SPACE_ID'),
      previewToken: valueOf('PREVIEW_TOKEN'),
      personalToken: valueOf('PERSONAL_ACCESS_TOKEN'),
      pid: child.pid ?? 0,
    })
  } finally {
    child.kill()
  }
}
