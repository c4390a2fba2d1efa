import { describe, expect, it } from 'vitest'
import { ask, createSpace, demoContent } from '../test-support.js'
import { deliveryCases } from './delivery-cases.js'
import type { DeliveryCase, ErrorCase } from './delivery-cases.js'
import { deliveryMatrix } from './matrix.js'

/** What each endpoint answers alike. */
const sharedErrors: Readonly<Record<number, ErrorCase>> = {
  400: { query: { cv: '\0' }, body: { error: 'string contains null byte' } },
  401: { query: { token: 'fakeUNKNOWNfakeUNKNOWNtt' }, body: { error: 'Unauthorized' } },
}

describe.each(deliveryMatrix)('$name', ({ name, parameters, errors }) => {
  const path = name.slice('GET /v2/cdn/'.length)
  const entry = deliveryCases[path] as DeliveryCase
  const pathOf = (identifier = entry.identifier): string => path.replace(':identifier', identifier ?? '')

  it('answers', async () => {
    const { status, body } = await ask(createSpace(), pathOf(), entry.query)
    expect(status).toBe(200)
    expect(entry.works(body)).toBe(true)
  })

  it.each(parameters)('takes %s', async (parameter) => {
    const { value, query, name: as = parameter, identifier, behaviour, prepare, holds } = lookUp(entry, parameter)
    const space = createSpace({ content: demoContent, behaviour })
    await prepare?.(space)
    const { [as]: _, ...before } = { ...entry.query, ...query }
    const without = await ask(space, pathOf(identifier), before)
    const answer = await ask(space, pathOf(identifier), { ...before, [as]: value })
    expect(holds(without, without)).toBe(false)
    expect(holds(answer, without)).toBe(true)
  })

  it.each(errors.filter((status) => status !== 301 && status !== 429))('refuses with %i', async (status) => {
    const refusal = entry.errors?.[status] ?? sharedErrors[status]
    expect(refusal, `a case for ${status}`).toBeDefined()
    const query = { ...entry.query, ...refusal?.query }
    expect(await ask(createSpace(), pathOf(refusal?.identifier), query)).toMatchObject({ status, body: refusal?.body })
  })

  it.each(errors.filter((status) => status === 301))(
    'sends published reads to the cache version with %i',
    async (redirected) => {
      const { status, headers } = await ask(createSpace(), pathOf(), { ...entry.query, version: 'published' })
      const target = new URL(headers.get('location') ?? '')
      expect(status).toBe(redirected)
      expect(Number(target.searchParams.get('cv'))).toBeGreaterThan(1_700_000_000)
      expect(target.pathname).toBe(`/v2/cdn/${pathOf()}`)
    },
  )

  it('refuses past the rate limit with 429', async () => {
    const space = createSpace({ content: demoContent, rateLimit: true })
    space.setTime(new Date('2026-05-01T10:00:00.000Z'))
    const statuses: number[] = []
    for (let request = 0; request < 51; request++) statuses.push((await ask(space, pathOf(), entry.query)).status)
    expect(statuses.slice(0, 50)).not.toContain(429)
    expect(statuses[50]).toBe(429)
  })
})

it('covers every endpoint that there is, and none that there is not', () => {
  expect(Object.keys(deliveryCases).map((path) => `GET /v2/cdn/${path}`)).toEqual(
    deliveryMatrix.map(({ name }) => name),
  )
  for (const { name, parameters } of deliveryMatrix) {
    const known = Object.keys(deliveryCases[name.slice('GET /v2/cdn/'.length)]?.parameters ?? {})
    expect(known.toSorted(), name).toEqual(parameters.toSorted())
  }
})

function lookUp(entry: DeliveryCase, parameter: string): DeliveryCase['parameters'][string] {
  const found = entry.parameters[parameter]
  if (!found) throw new Error(`There is no case for the parameter ${parameter}.`)
  return found
}
