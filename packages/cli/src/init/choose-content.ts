import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Terminal } from '../terminal/terminal.js'
import { contentFolder } from './starter.js'

/** Where a project's content is: a local space with demo content, a space in Storyblok, or what was pulled from one. */
export const contentSources = ['demo', 'own', 'pulled'] as const
export type ContentSource = (typeof contentSources)[number]

interface Choosing {
  env: Readonly<Record<string, string | undefined>>
  isAgreed: boolean
  terminal: Terminal
}

/** Takes what was said, or what is plain to see; asks for the rest. */
export async function chooseContent(
  said: string | undefined,
  { env, isAgreed, terminal }: Choosing,
): Promise<ContentSource> {
  if (said !== undefined) return said as ContentSource
  if (existsSync(join(contentFolder, 'components'))) return 'pulled'
  if (env['STORYBLOK_SPACE_ID']?.trim()) return 'own'
  if (isAgreed) return 'demo'
  return terminal.choose<ContentSource>(
    'Where is your content?',
    [
      { value: 'demo', label: 'A local space with demo content', hint: 'no account needed' },
      { value: 'own', label: 'My space in Storyblok' },
    ],
    '--yes, or --content demo',
  )
}
