import { deliveryOperations } from '../delivery/operations.js'
import type { DeliveryOperation } from '../delivery/operations.js'
import type { Operation } from '../management/operation.js'
import { managementOperations } from '../management/operations.js'

/** One operation of the local space, and all that it promises. */
export interface CoveredOperation {
  /** Its method and path, such as `GET /v2/cdn/links`. */
  name: string
  parameters: readonly string[]
  /** The statuses that it answers when something is wrong, 301 among them. */
  errors: readonly number[]
}

/** Everything that the Content Delivery API promises: what its operations take, and how they refuse. */
export const deliveryMatrix: readonly CoveredOperation[] = deliveryOperations.map(coverDelivery)

/** Everything that the Management API promises. */
export const managementMatrix: readonly CoveredOperation[] = managementOperations.map(coverManagement)

function coverDelivery({ path, parameters, isVersioned, errors }: DeliveryOperation): CoveredOperation {
  // Every endpoint needs a token, takes no null byte and is limited by rate.
  return {
    name: `GET /v2/cdn/${path}`,
    parameters,
    errors: sort([...(isVersioned ? [301] : []), 400, 401, ...errors, 429]),
  }
}

function coverManagement({ method, path, scope, parameters = [], errors = [] }: Operation): CoveredOperation {
  return {
    name: `${method} /v1/${path}`,
    parameters,
    errors: sort([401, ...(scope === 'any' ? [] : [403]), ...(/:space|:id/.test(path) ? [404] : []), ...errors, 429]),
  }
}

function sort(statuses: readonly number[]): number[] {
  return [...new Set(statuses)].toSorted((a, b) => a - b)
}
