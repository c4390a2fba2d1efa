// For tests of sites: makes content without a server.
export { fakeBlok, fakeStory } from './testing/fake-blok.js'
export type { FakeFields } from './testing/fake-blok.js'
