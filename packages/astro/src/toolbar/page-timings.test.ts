import { describe, expect, it } from 'vitest'
import { PageTimings } from './page-timings.js'

const timing = (description: string) => [{ name: 'keyblok-environment', description, duration: 0 }]
const document = timing('document')
const fetched = (name: string, description: string, initiatorType = 'fetch') => ({
  name,
  initiatorType,
  serverTiming: timing(description),
})

describe('the timing of the page that is shown', () => {
  it('is the document’s, whatever else is fetched', () => {
    const pages = new PageTimings()
    pages.add([fetched('http://site.test/island', 'island')])
    expect(pages.of(document)).toBe(document)
  })

  it('is that of the page the router fetched last', () => {
    const pages = new PageTimings()
    pages.add([fetched('http://site.test/a', 'first'), fetched('http://site.test/a', 'second')])
    pages.show('http://site.test/a#part')
    expect(pages.of(document)).toEqual(timing('second'))
  })

  it('is empty until the browser gives it', () => {
    const pages = new PageTimings()
    pages.show('http://site.test/a')
    pages.add([fetched('http://site.test/a', 'picture', 'img')])
    expect(pages.of(document)).toEqual([])
  })
})
