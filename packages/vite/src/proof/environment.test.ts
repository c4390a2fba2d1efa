import { expect, it } from 'vitest'
import { createFolder } from '../test-support.js'
import { envOf } from './environment.js'

const folder = (): string => createFolder({ '.env': 'HERE=1\n', 'deep/.env.production': 'THERE=1\n' })
const kit = (options: unknown) => [{ name: 'vite-plugin-sveltekit-setup', api: { options } }]

it('reads the environment files of the mode, where Vite does', () => {
  const root = folder()
  expect(envOf({ mode: 'production', envDir: root, root, plugins: [] })).toMatchObject({ HERE: '1' })
  expect(envOf({ mode: 'production', envDir: `${root}/deep`, root, plugins: [] })).toMatchObject({ THERE: '1' })
})

it.each([
  ['SvelteKit 3', { env: { dir: 'deep' } }],
  ['SvelteKit 2', { kit: { env: { dir: 'deep' } } }],
])('reads them where %s does', (_name, options) => {
  const root = folder()
  expect(envOf({ mode: 'production', envDir: root, root, plugins: kit(options) })).toMatchObject({ THERE: '1' })
})
