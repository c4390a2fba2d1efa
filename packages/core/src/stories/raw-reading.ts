import type { Delivery, ReadContext } from '../delivery/delivery.js'
import type { StoryQuery } from '../delivery/query.js'
import type { Sideloaded, WireStory } from '../delivery/wire.js'
import type { Access } from '../tokens/access.js'
import type { ReadStories } from './with-unsaved.js'

/** What one raw read works with: the access that the reader decided, and the client that keeps to it. */
export interface RawReading {
  access: Access
  delivery: Delivery
  context: ReadContext
  /** Reads the stories that an answer only names, and puts what an editor did not save in the place of what is saved. */
  gather(answer: Sideloaded & { stories: readonly WireStory[] }, query: StoryQuery): Promise<ReadStories>
}
