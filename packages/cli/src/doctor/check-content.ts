import { defineSpace, defineStories } from '@keyblok/core'
import { contentValidators, readSchema } from '@keyblok/core/schema'
import { Site } from '@keyblok/core/server'
import { readSchemaFiles } from '@keyblok/vite/files'
import { fail } from '../fail.js'

/**
 * Validates every story that the tokens of the environment can read; drafts with a preview token.
 *
 * @param folder - Where the space’s components are.
 * @returns Whether all content fits.
 */
export async function checkContent(folder: string): Promise<boolean> {
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
  return misfits === 0
}
