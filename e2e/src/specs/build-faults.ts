import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLocalSpace } from '@keyblok/space'
import type { LocalSpace } from '@keyblok/space'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { environmentOf } from '../../../scripts/lib/demo-space.ts'
import { build } from '../../../scripts/lib/playground.ts'
import type { Framework } from '../../../scripts/lib/playground.ts'
import { startFaultyApi } from '../support/faulty-api.ts'
import type { Fault, FaultyApi } from '../support/faulty-api.ts'
import { createFixture } from '../support/fixture.ts'
import { tokens, tokensIn } from '../support/tokens.ts'

type Files = Readonly<Record<string, string>>

const count = 1000
const slugs = Array.from({ length: count }, (_, index) => `post-${index}`)

/** A site whose pages are 1,000 stories, built while the API fails. */
export interface BuiltSite {
  framework: Framework
  files: Files
  /** What makes it write fewer pages without a word. */
  forgiving: Files
  /** Where the build writes the page of a slug. */
  fileOf: (slug: string) => string
}

/** How the list of stories is asked for, which a build that fails names. */
const asked = '/v2/cdn/stories?version=published'

/** Builds that lose nothing without a word, whatever the API does. */
export function describeBuildFaults({ framework, files, forgiving, fileOf }: BuiltSite): void {
  let space: LocalSpace
  let api: FaultyApi
  beforeAll(async () => {
    space = createLocalSpace({ tokens })
    space.addStories(
      slugs.map((slug) => ({
        fullSlug: `posts/${slug}`,
        content: { _uid: slug, component: 'post', title: `Title of ${slug}.` },
      })),
    )
    api = await startFaultyApi((await space.listen()).url)
  })
  afterAll(async () => {
    await api.close()
    space.close()
  })

  it.each([
    ['a 429 with JSON every 5th time', 'limited', 5],
    ['a 429 with text every 5th time', 'limited-text', 5],
    ['a 500 every 10th time', 'failed', 10],
    ['a connection that is reset every 10th time', 'reset', 10],
    ['a 502 with HTML every 10th time', 'error', 10],
  ] as const)('loses no page without a word to %s', async (_name, fault, every) => {
    const failuresBefore = api.failures
    const { outcome, output } = await buildWith(fault, every)
    expect(api.failures).toBeGreaterThan(failuresBefore)
    // One request can be the unlucky one each time.
    expect(['complete', 'explained'], output).toContain(outcome)
  })

  it.each(['limited', 'limited-text', 'failed', 'reset', 'error'] as const)(
    'fails and names what it could not read where nothing but “%s” comes',
    async (fault) => {
      const { outcome, output } = await buildWith(fault, 1)
      expect(outcome, output).toBe('explained')
      expect(tokensIn(output)).toEqual([])
    },
  )

  it('builds all pages where nothing fails', async () => {
    expect((await buildWith('none', 1)).outcome).toBe('complete')
  })

  it('would notice pages that are lost without a word', async () => {
    const { outcome } = await buildWith('failed', 1, forgiving)
    expect(outcome).toBe('silent loss')
  })

  /** Builds the site while the API fails, and tells what came of it. */
  async function buildWith(
    fault: Fault,
    every: number,
    more: Files = {},
  ): Promise<{ outcome: Outcome; output: string }> {
    const folder = createFixture(framework, { ...files, ...more })
    api.fail(fault, every)
    const { exitCode, output } = await build(framework, environmentOf(space, api.url), folder)
    const complete = slugs.every((slug) => shows(join(folder, fileOf(slug)), `Title of ${slug}.`))
    const explained = exitCode !== 0 && /KB_(RATE_LIMITED|UPSTREAM_FAILED)/.test(output) && output.includes(asked)
    return { outcome: explained ? 'explained' : exitCode === 0 && complete ? 'complete' : 'silent loss', output }
  }
}

type Outcome = 'complete' | 'explained' | 'silent loss'

function shows(file: string, title: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').includes(title)
}
