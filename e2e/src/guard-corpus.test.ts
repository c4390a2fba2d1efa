import { beforeAll, describe, expect, it } from 'vitest'
import { catchLeaks, corpus, passTwins } from './corpus/catch-leaks.ts'
import type { Outcome } from './corpus/catch-leaks.ts'
import { environment } from './corpus/leak.ts'

describe.each(['astro', 'sveltekit'] as const)('leaks in %s', (framework) => {
  let outcomes: ReadonlyMap<string, Outcome>
  beforeAll(async () => {
    outcomes = await catchLeaks(framework)
  }, 300_000)

  it.each(corpus[framework].map(({ name, caughtBy }) => [name, caughtBy]))('are caught: %s, by the %s', (name) => {
    const outcome = outcomes.get(name)
    expect(outcome?.caught, outcome?.output).toBe(true)
  })

  it('are reported without any secret', () => {
    const printed = [...outcomes.values()].map(({ output }) => output).join('\n')
    // The sites print some themselves.
    const reports = printed
      .split('\n')
      .filter((line) => /holds|answered with|from /.test(line))
      .join('\n')
    expect(reports).not.toBe('')
    expect(Object.values(environment).filter((secret) => reports.includes(secret))).toEqual([])
  })

  it('are not reported where the same is done right', async () => {
    const { exitCode, built, dev, received } = await passTwins(framework)
    expect(built).toContain('browsers get none')
    expect(exitCode, built).toBe(0)
    expect(dev).not.toContain('KB_TOKEN_LEAKED')
    expect(received.filter((answer) => answer.startsWith('5') || answer.startsWith('404'))).toEqual([])
  }, 300_000)
})

it('has ways for a secret to get out by the dozen, each with its own name', () => {
  for (const leaks of Object.values(corpus)) {
    expect(leaks.length).toBeGreaterThanOrEqual(40)
    expect(new Set(leaks.map(({ name }) => name)).size).toBe(leaks.length)
  }
})
