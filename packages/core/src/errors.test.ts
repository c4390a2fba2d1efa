import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { KeyblokError } from './errors.js'
import type { ErrorCode } from './errors.js'

const folder = fileURLToPath(new URL('../../../errors', import.meta.url))
const source = readFileSync(new URL('./errors.ts', import.meta.url), 'utf8')
const codes = [...new Set(source.match(/KB_[A-Z_]+/g))] as ErrorCode[]

describe('every error', () => {
  it.each(codes)('%s has a page under its title', (code) => {
    const { message } = new KeyblokError(code, 'Details.')
    const title = message.replace('[keyblok] ', '').split(` (${code})`)[0]
    expect(readFileSync(`${folder}/${code}.md`, 'utf8').split('\n')[0]).toBe(`# ${code}: ${title}`)
  })

  it('links its page from its hint', () => {
    const { hint } = new KeyblokError('KB_TIMEOUT', 'Details.')
    expect(hint).toMatch(/ See https:\/\/\S+\/errors\/KB_TIMEOUT\.md$/)
  })

  it('has no page too many', () => {
    const others = ['KB_SPACE_CONTENT_INVALID', 'KB_SPACE_DATA_UNSUPPORTED']
    const pages = readdirSync(folder).map((name) => name.replace('.md', ''))
    expect(pages.toSorted()).toEqual([...codes, ...others].toSorted())
  })

  it('says what happened, why, and what to do', () => {
    expect(new KeyblokError('KB_RELEASE_REFUSED', 'Published: this is production.').report).toMatchInlineSnapshot(`
      "[keyblok] This request may not read the release (KB_RELEASE_REFUSED). Published: this is production.
      A release needs its own token, or the right to see drafts. See https://github.com/keyblok/keyblok/blob/main/errors/KB_RELEASE_REFUSED.md"
    `)
    expect(new KeyblokError('KB_ABORTED', 'Its signal was aborted.').report).toMatchInlineSnapshot(`
      "[keyblok] The read was given up (KB_ABORTED). Its signal was aborted.
      The caller’s signal ended it; nothing has to be done. See https://github.com/keyblok/keyblok/blob/main/errors/KB_ABORTED.md"
    `)
    expect(new KeyblokError('KB_WEBHOOK_REFUSED', 'It is of another space.').report).toMatchInlineSnapshot(`
      "[keyblok] A webhook was refused (KB_WEBHOOK_REFUSED). It is of another space.
      Check that STORYBLOK_WEBHOOK_SECRET is the secret of the webhook in Storyblok. See https://github.com/keyblok/keyblok/blob/main/errors/KB_WEBHOOK_REFUSED.md"
    `)
    expect(new KeyblokError('KB_CONTENT_INVALID', 'The story “a” has no content.').report).toMatchInlineSnapshot(`
      "[keyblok] Storyblok answered content that Keyblok cannot use (KB_CONTENT_INVALID). The story “a” has no content.
      Open the story in Storyblok and save it again. See https://github.com/keyblok/keyblok/blob/main/errors/KB_CONTENT_INVALID.md"
    `)
  })

  it('can say where it happened', () => {
    const cause = new Error('reset')
    const error = new KeyblokError('KB_TIMEOUT', 'It gave no answer.', { cause, hint: 'Wait.', url: 'https://a.test/' })
    const placed = error.at('the page /about')
    expect(placed.message).toContain('It gave no answer. Needed for: the page /about. Asked was https://a.test/')
    expect(placed).toMatchObject({ code: 'KB_TIMEOUT', hint: error.hint, url: 'https://a.test/', cause })
  })
})
