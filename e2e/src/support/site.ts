import type { Listener, LocalSpace } from '@keyblok/space'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { createDemoSpace, environmentOf } from '../../../scripts/lib/demo-space.ts'
import { build, startDev, startProduction } from '../../../scripts/lib/playground.ts'
import type { Framework, RunningSite, SiteEnvironment } from '../../../scripts/lib/playground.ts'
import { launchBrowser } from './browser.ts'
import { startFaultyApi } from './faulty-api.ts'
import type { FaultyApi } from './faulty-api.ts'
import { tokens } from './tokens.ts'

export type Mode = 'dev' | 'production'

/** A playground that runs for the tests of one file, between a browser and a local space. */
export interface SiteUnderTest {
  readonly framework: Framework
  readonly mode: Mode
  /** The site's origin. */
  readonly url: string
  /** What the site printed so far. */
  readonly output: string
  readonly space: LocalSpace
  /** What the site takes for Storyblok. */
  readonly api: FaultyApi
  /** The variables that the site runs with. */
  readonly environment: SiteEnvironment
  /** Opens a page of the site. */
  open(path: string): Promise<Page>
  /** Makes an empty page, in a browser context of its own. */
  newPage(): Promise<Page>
}

interface Started {
  site: RunningSite
  listener: Listener
  space: LocalSpace
  api: FaultyApi
  browser: Browser
}

/** Starts a playground before the tests of a file, and stops it after them. */
export function useSite(framework: Framework, mode: Mode): SiteUnderTest {
  let started: Started | undefined
  const get = (): Started => {
    if (!started) throw new Error('The site runs during tests only.')
    return started
  }

  beforeAll(async () => {
    const space = createDemoSpace(tokens)
    const listener = await space.listen()
    const api = await startFaultyApi(listener.url)
    const browser = await launchBrowser()
    const site = await startSite(framework, mode, environmentOf(space, api.url))
    started = { site, listener, space, api, browser }
  })
  afterAll(async () => {
    const { site, listener, space, api, browser } = get()
    await Promise.all([browser.close(), site.stop()])
    await api.close()
    await listener.close()
    space.close()
  })

  return {
    framework,
    mode,
    get url() {
      return get().site.url
    },
    get output() {
      return get().site.output()
    },
    get space() {
      return get().space
    },
    get api() {
      return get().api
    },
    get environment() {
      return environmentOf(get().space, get().api.url)
    },
    async open(path) {
      const page = await get().browser.newPage()
      await page.goto(`${get().site.url}${path}`)
      return page
    },
    newPage: () => get().browser.newPage(),
  }
}

/** Starts a playground as it is run; in production that is after a build. */
async function startSite(
  framework: Framework,
  mode: Mode,
  environment: ReturnType<typeof environmentOf>,
): Promise<RunningSite> {
  if (mode === 'dev') return startDev(framework, environment)
  const { exitCode, output } = await build(framework, environment)
  if (exitCode !== 0) throw new Error(output)
  return startProduction(framework, environment)
}
