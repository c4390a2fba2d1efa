import { describe, expect, it } from 'vitest'
import { createManaged, demoContent } from '../test-support.js'
import { describedNames, describedParameters, operationCase, parameterCase, refusalCase } from './management-cases.js'
import { managementMatrix } from './matrix.js'

/** The statuses that depend on what is asked, and not on who asks. */
const refusable = new Set([404, 422])

const open = () => createManaged({ content: demoContent })

interface Filled {
  id?: unknown
  spaceId?: number
  query?: string
  body?: unknown
}

/** The arguments of a call: an operation's method and path with ids in it, and a body unless it only reads. */
function fill(
  name: string,
  { id = 1, spaceId = 100_001, query = '', body = {} }: Filled = {},
): [method: string, path: string, body: unknown] {
  const [method = '', path = ''] = name.split(' /v1')
  const filled = path.replace(':space', String(spaceId)).replace(/:(id|name)/, String(id)) + query
  return [method, filled, method === 'GET' ? undefined : body]
}

describe.each(managementMatrix)('$name', ({ name, parameters, errors }) => {
  it('works', async () => {
    const { call, space } = open()
    const { body, prepare, works } = operationCase(name)
    const id = await prepare?.(call, space)
    const answer = await call(...fill(name, { id, body }))
    expect(answer.status).toBeLessThan(300)
    expect(await works(answer, call)).toBe(true)
  })

  it.each(parameters)('takes %s', async (parameter) => {
    const { value, name: as = parameter, body, prepare, holds } = parameterCase(name, parameter)
    const results = []
    for (const query of ['', `?${new URLSearchParams({ [as]: value })}`]) {
      const { call, space } = open()
      const id = await prepare?.(call, space)
      const answer = await call(...fill(name, { id, query, body }))
      expect(answer.status).toBeLessThan(300)
      results.push(await holds(answer, call))
    }
    expect(results).toEqual([false, true])
  })

  it('refuses with 401 who shows no token, or one that reads content', async () => {
    const { call, space } = open()
    for (const token of ['', space.tokens.preview, `Bearer ${space.tokens.personal}`]) {
      expect(await call(...fill(name), token)).toMatchObject({ status: 401, body: { error: 'Unauthorized' } })
    }
  })

  it.each(errors.filter((status) => status === 403))('refuses with %i a token of another scope', async (status) => {
    const { call } = open()
    const { body: token } = await call('POST', '/personal_access_tokens', { name: 'narrow', scopes: ['users:read'] })
    expect(await call(...fill(name), token.full_token)).toMatchObject({ status, body: { error: 'Forbidden' } })
  })

  it.each(name.includes(':space') ? [404] : [])('refuses with %i another space', async (status) => {
    expect((await open().call(...fill(name, { spaceId: 7 }))).status).toBe(status)
  })

  it.each(errors.filter((status) => refusable.has(status) && refusalCase(name, status)))(
    'refuses with %i what is not there, or cannot be taken',
    async (status) => {
      const { call } = open()
      const { prepare, answer, ...request } = refusalCase(name, status) as NonNullable<ReturnType<typeof refusalCase>>
      const id = await prepare?.(call)
      expect(await call(...fill(name, { id, ...request }))).toMatchObject({ status, body: answer })
    },
  )

  it('refuses past the rate limit with 429', async () => {
    const { call, space } = createManaged({ content: demoContent, rateLimit: true })
    space.setTime(new Date('2026-05-01T10:00:00.000Z'))
    for (let request = 0; request < 6; request++) expect((await call('GET', '/users/me')).status).toBe(200)
    expect((await call(...fill(name))).status).toBe(429)
  })
})

it('has cases for what there is only', () => {
  const known = new Set(managementMatrix.map(({ name }) => name))
  expect(describedNames.filter((name) => !known.has(name))).toEqual([])
  for (const { name, parameters } of managementMatrix) {
    expect(
      describedParameters(name).filter((parameter) => !parameters.includes(parameter)),
      name,
    ).toEqual([])
  }
})
