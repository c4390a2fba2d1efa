/** What can go wrong with an answer. */
export type FaultKind = '429' | '500' | 'html' | 'truncated' | 'reset' | 'hang'

/** The kinds of faults, as command lines name them. */
export const faultKinds: readonly FaultKind[] = ['429', '500', 'html', 'truncated', 'reset', 'hang']

/** A fault that the space makes on purpose. */
export interface FaultRule {
  kind: FaultKind
  /** Every how many requests of those that match: 1 (the default) is each one. */
  every?: number
  /** The beginning of the paths that it is made for; all by default. */
  path?: string
}

/** Decides which requests go wrong. */
export class Faults {
  /** How long every answer waits, in milliseconds. */
  latency: number
  #rules: { rule: FaultRule; seen: number }[] = []

  constructor(latency: number, rules: readonly FaultRule[]) {
    this.latency = latency
    this.set(rules)
  }

  /** Replaces the rules, and counts from the start. */
  set(rules: readonly FaultRule[]): void {
    for (const { kind, every = 1 } of rules) {
      if (!faultKinds.includes(kind))
        throw new TypeError(`[keyblok] There is no fault “${kind}”: ${faultKinds.join()}.`)
      if (!Number.isSafeInteger(every) || every < 1) {
        throw new TypeError(`[keyblok] A fault comes every 1, 2, 3, … requests, not every ${every}.`)
      }
    }
    this.#rules = rules.map((rule) => ({ rule, seen: 0 }))
  }

  /** Counts a request and gives the fault that it meets. The editor’s page never meets one. */
  next(path: string): FaultKind | undefined {
    if (this.#rules.length === 0 || path.startsWith('/editor')) return undefined
    for (const entry of this.#rules) {
      if (!path.startsWith(entry.rule.path ?? '/')) continue
      entry.seen++
      if (entry.seen % (entry.rule.every ?? 1) === 0) return entry.rule.kind
    }
    return undefined
  }
}
