import { defineSpace, defineStories } from '@keyblok/core'
import { contentValidators, readSchema } from '@keyblok/core/schema'
import { Site } from '@keyblok/core/server'
import { readSchemaFiles } from '@keyblok/vite/files'
import { CliError } from '../../command/cli-error.js'
import type { Check } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'

/**
 * Validates every story that the tokens of the environment can read; drafts with a preview token.
 *
 * @param from - Where the space’s components are.
 */
export function contentCheck(from: string): Check {
  return {
    title: 'Content',
    async run({ env }) {
      const source = readSchemaFiles(from, env['STORYBLOK_SPACE_ID'])
      if (!source) {
        throw new CliError(`There are no components in ${from}.`, {
          hint: 'Run `npx keyblok pull` or `storyblok components pull` first.',
        })
      }
      const validators = contentValidators(readSchema(source))
      const site = new Site({ env: (name) => env[name], dev: true })
      const storyblok = site.visit({ local: true })

      let checked = 0
      const findings: Finding[] = []
      for await (const { content, full_slug: slug } of storyblok.each(defineStories(defineSpace()))) {
        checked++
        const validator = Object.hasOwn(validators, content.component) ? validators[content.component] : undefined
        const result = await validator?.['~standard'].validate(content)
        const issues = validator
          ? (result?.issues ?? []).map(({ path = [], message }) => `${path.join('.')}: ${message}`)
          : [`component: “${content.component}” is no content type of the space.`]
        for (const issue of issues) findings.push(finding('content-misfit', issue, slug))
      }
      return { findings, said: `${checked} stories (${storyblok.version}) compared with the components.` }
    },
  }
}
