import { describe, expect, it } from 'vitest'
import { fakeBlok, fakeStory } from './fake-blok.js'

describe('a fake blok', () => {
  it('has its component, its fields and an id of its own', () => {
    const [one, two] = [fakeBlok('note', { text: 'a' }), fakeBlok('note', { text: 'a' })]
    expect(one).toMatchObject({ component: 'note', text: 'a' })
    expect(one._uid).not.toBe(two._uid)
    expect(fakeBlok('note', { _uid: 'own' })._uid).toBe('own')
  })
})

describe('a fake story', () => {
  it('is complete', () => {
    const story = fakeStory('note', { text: 'a' }, { full_slug: 'notes/first/' })
    expect(story).toMatchObject({ slug: 'first', href: '/notes/first', is_startpage: true, content: { text: 'a' } })
    expect(story.id).not.toBe(fakeStory('note', {}).id)
  })
})
