import { expect, it } from 'vitest'
import { isMarkup } from './markup.js'

it.each([
  ['page.astro', '---\nconst a = "HERE"\n---\n<p>', false],
  ['page.astro', '---\nconst a = 1\n---\n<p data-x="HERE">', true],
  ['page.astro', '<p>HERE</p>', true],
  ['Page.svelte', '<script>const a = "HERE"</script><p>', false],
  ['Page.svelte', '<script>const a = 1</script><p>HERE</p>', true],
  ['Page.vue', '<template><p>HERE</p></template>', true],
  ['app.html', '<script>HERE</script>', true],
  ['server.ts', 'const a = "HERE"', false],
])('tells markup from code: %s %s', (file, text, expected) => {
  expect(isMarkup(file, Buffer.from(text), text.indexOf('HERE'))).toBe(expected)
})
