import { KeyblokError } from '@keyblok/core'
import { parseSettings } from '@keyblok/core/server'
import type { Settings } from '@keyblok/core/server'

type Env = Readonly<Record<string, string | undefined>>

const ofSpace = /^(STORYBLOK\w*?)_(SPACE_ID|REGION|API_URL|(PUBLIC|PREVIEW|ASSET|RELEASE)_TOKEN|WEBHOOK_SECRET)$/

/** One space as the variables describe it. */
export interface ConfiguredSpace {
  /** What its variables begin with. */
  prefix: string
  /** What can be used of them. */
  settings: Settings
  /** What cannot, by the variable. */
  problems: { variable: string; text: string }[]
}

/** Reads the settings of every space that the variables name. */
export function configuredSpaces(env: Env): ConfiguredSpace[] {
  const prefixes = new Set(Object.keys(env).flatMap((name) => ofSpace.exec(name)?.[1] ?? []))
  return [...prefixes].map((prefix) => readSpace(env, prefix))
}

function readSpace(env: Env, prefix: string): ConfiguredSpace {
  const hidden = new Set([`${prefix}_THEME_TOKEN`, `${prefix}_TOKEN`])
  const problems: ConfiguredSpace['problems'] = []
  for (;;) {
    try {
      const settings = parseSettings((name) => (hidden.has(name) ? undefined : env[name]), prefix)
      return { prefix, settings, problems }
    } catch (error) {
      if (!(error instanceof KeyblokError)) throw error
      const found = problemsIn(error).filter(({ variable }) => !hidden.has(variable))
      if (found.length === 0) throw error
      problems.push(...found)
      // What is left can be used, and is checked all the same.
      for (const { variable } of found) hidden.add(variable)
    }
  }
}

function problemsIn({ message }: KeyblokError): ConfiguredSpace['problems'] {
  return message.split('\n').flatMap((line) => {
    const text = /^ {2}- (.*)$/.exec(line)?.[1]
    const variable = text?.split(' ')[0]
    return text !== undefined && variable?.startsWith('STORYBLOK') ? [{ variable, text }] : []
  })
}

/** Names a variable with the file that its value is from. */
export function nameVariable(variables: ReadonlyMap<string, { file?: string }>, name: string): string {
  const file = variables.get(name)?.file
  return file === undefined ? name : `${name} (${file})`
}
