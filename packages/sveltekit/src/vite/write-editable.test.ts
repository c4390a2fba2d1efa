import { describe, expect, it } from 'vitest'
import { writeEditable } from './write-editable.js'

const script = `<script>\n  import { editable } from '@keyblok/sveltekit/stories'\n</script>\n`
const both = (call: string) => `data-blok-c={${call}['data-blok-c']} data-blok-uid={${call}['data-blok-uid']}`

describe('what editable() gives', () => {
  it.each([
    ['blok', 'editable(blok)'],
    ['list.find((b) => b.x === ")")', 'editable(list.find((b) => b.x === ")"))'],
    ['blok as { _editable?: string }', 'editable(blok as { _editable?: string })'],
  ])('is written as two attributes, of %s', (argument, call) => {
    const code = `${script}<p {...editable(${argument})} class="a">x</p>\n<i {...editable(${argument}) }/>`
    expect(writeEditable(code)).toBe(`${script}<p ${both(call)} class="a">x</p>\n<i ${both(call)}/>`)
  })

  it.each([
    ['a function of another module', `<script>import { editable } from './own.js'</script><p {...editable(blok)} />`],
    [
      'another name',
      `<script>import { editable as mark } from '@keyblok/sveltekit/stories'</script><p {...editable(x)} />`,
    ],
    ['more than the call', `${script}<p {...editable(blok) ?? {}} />`],
    ['a call that has no end', `${script}<p {...editable(blok />`],
    ['no call', `${script}<p {...rest} />`],
  ])('is left as it is where there is %s', (_name, code) => {
    expect(writeEditable(code)).toBeUndefined()
  })
})
