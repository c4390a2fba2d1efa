import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createSpace, demoContent } from '../test-support.js'
import { documentedDelivery, documentedManagement } from './documented.js'
import { knownGaps } from './known-gaps.js'
import { deliveryMatrix, managementMatrix } from './matrix.js'
import type { CoveredOperation } from './matrix.js'

/** Without the spaces that align its tables. */
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ')

describe('the operations of the local space', () => {
  it('are all that the delivery API documents, with all that it takes', () => {
    for (const [name, parameters] of Object.entries(documentedDelivery)) {
      const operation = deliveryMatrix.find((candidate) => candidate.name === name)
      expect(operation?.parameters, name).toEqual(expect.arrayContaining([...parameters]))
    }
  })

  it('are all that the Management API documents of what is here', () => {
    const names = new Set(managementMatrix.map(({ name }) => name))
    expect(documentedManagement.filter((name) => !names.has(name))).toEqual([])
  })

  it.each(knownGaps)('leave out $request, as the README says', async ({ request, reason }) => {
    const space = createSpace({ content: demoContent })
    const [method = '', path = ''] = request.split(' ')
    const url = `http://space.test${path.replace(':space', String(space.id))}?token=${space.tokens.preview}`
    const headers = { Authorization: space.tokens.personal }
    expect((await space.fetch(new Request(url, { method, headers }))).status).toBe(404)
    expect(readme).toContain(`| \`${request}\` | ${reason} |`)
  })

  it('are listed for readers, with what each takes and how it refuses', async () => {
    const table = (title: string, operations: readonly CoveredOperation[]): string => {
      const rows = operations.map(
        ({ name, parameters, errors }) =>
          `| \`${name}\` | ${parameters.map((parameter) => `\`${parameter}\``).join(' ')} | ${errors.join(' ')} |`,
      )
      return [`## ${title}`, '', '| operation | parameters | errors |', '| --- | --- | --- |', ...rows].join('\n')
    }
    const page = [
      '# What the local space answers',
      'Written by the tests in `src/matrix` from the operations themselves. Each operation, each of its parameters and each of its errors is tested there; what is left out stands in the [README](README.md#what-it-is-not).',
      table('Content Delivery API', deliveryMatrix),
      table('Management API', managementMatrix),
    ].join('\n\n')
    await expect(`${page}\n`).toMatchFileSnapshot('../../COVERAGE.md')
  })
})
