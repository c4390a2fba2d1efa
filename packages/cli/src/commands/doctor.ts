import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineSpace, defineStories } from '@keyblok/core'
import { contentValidators, readSchema } from '@keyblok/core/schema'
import { Site } from '@keyblok/core/server'
import { readSchemaFiles } from '@keyblok/vite/files'
import { defineCommand } from 'citty'
import type { CommandDef } from 'citty'
import { fail } from '../fail.js'
import { assertKnownOptions } from '../known-options.js'

const argsDefinition = {
  content: { type: 'boolean', description: 'Lists the stories whose content does not fit the space’s components.' },
  from: {
    type: 'string',
    default: '.storyblok',
    description: 'The folder that `storyblok components pull` writes, or a components.json.',
  },
} as const

/** `keyblok doctor`: finds what is wrong with a space. */
export const doctorCommand: CommandDef<typeof argsDefinition> = defineCommand({
  meta: { name: 'doctor', description: 'Checks a space’s stories against its components.' },
  args: argsDefinition,
  async run({ args, rawArgs }) {
    assertKnownOptions(rawArgs, argsDefinition)
    if (args.content !== true) fail('What shall be checked? Run: keyblok doctor --content')
    await checkContent(resolve(args.from)).catch(fail)
  },
})

/** Validates every story that the tokens of the environment, or of `.env`, can read; drafts with a preview token. */
async function checkContent(folder: string): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const source = readSchemaFiles(folder, process.env['STORYBLOK_SPACE_ID'])
  if (!source) return fail(`There are no components in ${folder}.\nRun \`storyblok components pull\` first.`)
  const validators = contentValidators(readSchema(source))
  const site = new Site({ env: (name) => process.env[name], dev: true })
  const storyblok = site.visit({ local: true })

  let checked = 0
  let misfits = 0
  for await (const { content, full_slug: slug } of storyblok.each(defineStories(defineSpace()))) {
    const validator = Object.hasOwn(validators, content.component) ? validators[content.component] : undefined
    const result = await validator?.['~standard'].validate(content)
    const issues = validator
      ? (result?.issues ?? []).map(({ path = [], message }) => `${path.join('.')}: ${message}`)
      : [`component: “${content.component}” is no content type of the space.`]
    checked++
    if (issues.length === 0) continue
    misfits++
    console.log([slug, ...issues].join('\n  '))
  }
  console.log(`${checked} stories (${storyblok.version}), ${misfits} with content that does not fit.`)
  if (misfits > 0) process.exitCode = 1
}
