import { parseAst } from 'vite'
import { expect, it } from 'vitest'
import { stubOf } from './stub.js'

const namesOf = (code: string): string[] =>
  [...stubOf(parseAst(code)).matchAll(/export \{ e\d+ as (.+?) \}/g)].map(([, name]) => name as string)

it.each([
  ['export const a = 1, b = f()', ['a', 'b']],
  ['export const { a, b: c, ...d } = f(), [e, [g = 1], , ...h] = i', ['a', 'c', 'd', 'e', 'g', 'h']],
  ['export function a() {}\nexport class B {}\nexport async function* c() {}', ['a', 'B', 'c']],
  ['export default () => {}', ['default']],
  ['const a = 1\nexport { a, a as b, a as default, a as "odd name" }', ['a', 'b', 'default', '"odd name"']],
  ["export { a } from './a.js'\nexport * as b from './b.js'", ['a', 'b']],
  ['const a = 1\na()', []],
])('keeps the exports of %s', (code, names) => {
  expect(namesOf(code)).toEqual(names)
})

it('has nothing of what the module does', () => {
  const stub = stubOf(parseAst("import './effect.js'\nexport const a = process.env.TOKEN\nexport * from './b.js'"))
  expect(stub).toMatchInlineSnapshot(`
    "const e0 = undefined
    export { e0 as a }
    export * from "./b.js""
  `)
})
