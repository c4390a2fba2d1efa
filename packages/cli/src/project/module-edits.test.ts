import { describe, expect, it } from 'vitest'
import { addHandle, addToConfig } from './module-edits.js'

const keyblok = { from: '@keyblok/astro', name: 'keyblok', isDefault: true }
const add = (text: string) => addToConfig(text, 'integrations', 'keyblok()', keyblok)

describe('addToConfig', () => {
  it.each([
    [
      'no list',
      `import { defineConfig } from 'astro/config'\n\nexport default defineConfig({\n  site: 'https://a.example',\n})\n`,
      `import { defineConfig } from 'astro/config'\nimport keyblok from '@keyblok/astro'\n\nexport default defineConfig({\n  integrations: [keyblok()],\n  site: 'https://a.example',\n})\n`,
    ],
    [
      'nothing at all',
      `// @ts-check\nimport { defineConfig } from "astro/config";\n\n// https://astro.build/config\nexport default defineConfig({});\n`,
      `// @ts-check\nimport { defineConfig } from "astro/config";\nimport keyblok from "@keyblok/astro";\n\n// https://astro.build/config\nexport default defineConfig({ integrations: [keyblok()] });\n`,
    ],
    [
      'an empty list',
      'export default { integrations: [] }',
      `import keyblok from '@keyblok/astro'\n\nexport default { integrations: [keyblok()] }`,
    ],
    [
      'a list in one line',
      `import a from 'a'\nexport default { integrations: [a()], b: 1 }`,
      `import a from 'a'\nimport keyblok from '@keyblok/astro'\nexport default { integrations: [a(), keyblok()], b: 1 }`,
    ],
    [
      'a list of lines, with comments and a comma',
      `import a from 'a';\nexport default {\n\tintegrations: [\n\t\ta({\n\t\t\tb: 1,\n\t\t}), // why\n\t],\n};`,
      `import a from 'a';\nimport keyblok from '@keyblok/astro';\nexport default {\n\tintegrations: [\n\t\ta({\n\t\t\tb: 1,\n\t\t}),\n\t\tkeyblok(), // why\n\t],\n};`,
    ],
    [
      'a variable and a type',
      `import a from 'a'\nconst config = { integrations: [a()] } satisfies A\nexport default config`,
      `import a from 'a'\nimport keyblok from '@keyblok/astro'\nconst config = { integrations: [a(), keyblok()] } satisfies A\nexport default config`,
    ],
    [
      'a function',
      `import a from 'a'\nexport default defineConfig(({ mode }) => {\n  return { integrations: [a(mode)] }\n})`,
      `import a from 'a'\nimport keyblok from '@keyblok/astro'\nexport default defineConfig(({ mode }) => {\n  return { integrations: [a(mode), keyblok()] }\n})`,
    ],
  ])('finds its way through %s, and leaves the rest as it is', (_what, before, after) => {
    expect(add(before)).toBe(after)
    expect(add(after)).toBe(after)
  })

  it.each([
    ['a syntax error', 'export default {'],
    ['a list from elsewhere', `export default { integrations: all }`],
    ['a configuration from elsewhere', `export { default } from './other'`],
  ])('gives up on %s', (_what, text) => {
    expect(add(text)).toBe(undefined)
  })
})

describe('addHandle', () => {
  const own = { from: '@keyblok/sveltekit/server', name: 'storyblokHandle' }

  it('puts ours before the one that there is', () => {
    const before = `import type { Handle } from '@sveltejs/kit'\n\nexport const handle: Handle = async ({ event, resolve }) => resolve(event)\n`
    const after = `import type { Handle } from '@sveltejs/kit'\nimport { sequence } from '@sveltejs/kit/hooks'\nimport { storyblokHandle } from '@keyblok/sveltekit/server'\n\nexport const handle: Handle = sequence(storyblokHandle(), async ({ event, resolve }) => resolve(event))\n`
    expect(addHandle(before, 'storyblokHandle()', own)).toBe(after)
    expect(addHandle(after, 'storyblokHandle()', own)).toBe(after)
  })

  it('gives up on a function, which cannot be put into a call as it stands', () => {
    expect(addHandle('export async function handle() {}', 'storyblokHandle()', own)).toBe(undefined)
  })
})
