import type { Behaviour } from './behaviour.js'
import type { Clock } from './clock.js'
import type { Store } from './store/store.js'
import type { Webhooks } from './webhooks/webhooks.js'

/** What every operation of the space works with. */
export interface SpaceContext {
  store: Store
  clock: Clock
  behaviour: Behaviour
  webhooks: Webhooks
}
