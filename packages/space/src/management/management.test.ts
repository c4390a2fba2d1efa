import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalSpace } from '../local-space.js'

const content = fileURLToPath(new URL('../../../../playgrounds/content/space', import.meta.url))

function createAsk() {
  const space = createLocalSpace({ content })
  onTestFinished(() => space.close())
  const ask = (path: string, token: string = space.tokens.personal) =>
    space.fetch(new Request(`http://space.test/v1/spaces/${path}`, { headers: { authorization: token } }))
  return { space, ask }
}

describe('the Management API', () => {
  it('lists the components whole, as they were pulled', async () => {
    const { space, ask } = createAsk()
    const { components } = (await (await ask(`${space.id}/components`)).json()) as { components: { name: string }[] }
    expect(components).toHaveLength(13)
    expect(components[0]).toMatchObject({ name: 'page', is_root: true, schema: { body: { type: 'bloks' } } })
  })

  it('lists datasources and entries in pages', async () => {
    const { space, ask } = createAsk()
    const response = await ask(`${space.id}/datasources?page=2&per_page=10`)
    expect(response.headers.get('total')).toBe('0')
    expect(await response.json()).toEqual({ datasources: [] })
    expect((await ask(`${space.id}/datasource_entries?datasource_id=9`)).status).toBe(404)
  })

  it('opens for a personal access token only, of this space', async () => {
    const { space, ask } = createAsk()
    for (const token of ['', space.tokens.public, space.tokens.preview, `Bearer ${space.tokens.personal}`]) {
      const response = await ask(`${space.id}/components`, token)
      expect([response.status, await response.json()]).toEqual([401, { error: 'Unauthorized' }])
    }
    expect((await ask('7/components')).status).toBe(404)
    expect((await ask(`${space.id}/constructor`)).status).toBe(404)
  })

  it('is not opened by the token where content is read', async () => {
    const { space } = createAsk()
    const url = `http://space.test/v2/cdn/stories?token=${space.tokens.personal}`
    expect((await space.fetch(new Request(url))).status).toBe(401)
  })
})
