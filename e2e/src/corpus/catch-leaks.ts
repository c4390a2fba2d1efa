import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, startDev } from '../../../scripts/lib/playground.ts'
import type { Framework } from '../../../scripts/lib/playground.ts'
import { copySite } from '../support/copy-site.ts'
import { astroLeaks } from './astro.ts'
import { environment } from './leak.ts'
import type { Files, Leak, LeakRequest } from './leak.ts'
import { svelteKitLeaks } from './sveltekit.ts'

/** The corpus, by framework. */
export const corpus: Readonly<Record<Framework, readonly Leak[]>> = { astro: astroLeaks, sveltekit: svelteKitLeaks }

/** A variable that the SvelteKit site declares public, by any name. */
const declaredPublic = { CMS_KEY: environment.STORYBLOK_PREVIEW_TOKEN }

/** What became of a leak. */
export interface Outcome {
  /** Whether what it was to be stopped by did so, and said what the leak expects of the report. */
  caught: boolean
  /** What was printed, for a leak that got away. */
  output: string
}

/** Builds the sites with all leaks of one kind, and asks a dev server for the others; tells what became of each. */
export async function catchLeaks(framework: Framework): Promise<Map<string, Outcome>> {
  const leaks = corpus[framework]
  const by = (kind: Leak['caughtBy']): Leak[] => leaks.filter(({ caughtBy }) => caughtBy === kind)
  const outcomes = new Map<string, Outcome>()
  // A build reports all it finds, so that one is enough for most leaks of a kind.
  for (const kind of ['boundary', 'scan'] as const) {
    const together = by(kind).filter(({ stopsEarly }) => !stopsEarly)
    const alone = by(kind).filter(({ stopsEarly }) => stopsEarly)
    for (const group of [together, ...alone.map((leak) => [leak])]) {
      const { exitCode, output } = await buildSite(
        framework,
        group.map(({ leak }) => leak),
        declaredPublic,
      )
      for (const { name, reports } of group)
        outcomes.set(name, { caught: exitCode !== 0 && reports.test(output), output })
    }
  }
  for (const { name, leak, env = {}, reports } of by('variables')) {
    const { exitCode, output } = await buildSite(framework, [leak], env)
    const stopsDev = await startDevSite(framework, [leak], async () => false, env).catch((error: Error) =>
      reports.test(error.message),
    )
    outcomes.set(name, { caught: exitCode !== 0 && reports.test(output) && stopsDev, output })
  }
  await startDevSite(
    framework,
    by('response').map(({ leak }) => leak),
    async (url, printed) => {
      for (const { name, requests = [], reports } of by('response')) {
        const received = await send(url, requests)
        outcomes.set(name, {
          caught: reports.test(printed()) && !holdsSecret(received),
          output: `${printed()}\n${received}`,
        })
      }
      return true
    },
  )
  return outcomes
}

/** Builds one site with every twin, and asks a dev server for those of leaks in answers; gives what was printed. */
export async function passTwins(
  framework: Framework,
): Promise<{ exitCode: number | null; built: string; dev: string; received: string[] }> {
  const twins = corpus[framework].map(({ twin }) => twin)
  const { exitCode, output } = await buildSite(framework, twins)
  const received: string[] = []
  const dev = await startDevSite(framework, twins, async (url, printed) => {
    for (const { requests = [] } of corpus[framework]) if (requests.length > 0) received.push(await send(url, requests))
    return printed()
  })
  return { exitCode, built: output, dev, received }
}

const sites = fileURLToPath(new URL('sites', import.meta.url))

async function buildSite(framework: Framework, files: readonly Files[], env: Readonly<Record<string, string>> = {}) {
  const folder = copySite(`${sites}/${framework}`, Object.assign({}, ...files))
  try {
    return await build(framework, { ...environment, ...env }, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startDevSite<T>(
  framework: Framework,
  files: readonly Files[],
  use: (url: string, printed: () => string) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = copySite(`${sites}/${framework}`, Object.assign({}, ...files))
  try {
    const site = await startDev(framework, { ...environment, ...env }, { folder })
    try {
      return await use(site.url, site.output)
    } finally {
      await site.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Sends requests one after the other; gives all that was received, headers and bodies. */
async function send(origin: string, requests: readonly LeakRequest[]): Promise<string> {
  const received: string[] = []
  let path = ''
  for (const { path: given, init, next } of requests) {
    const headers = { Origin: origin, ...(init?.headers as Record<string, string> | undefined) }
    const response = await fetch(new URL(given || path, origin), { ...init, headers, redirect: 'manual' })
    const body = await response.text()
    received.push(`${response.status} ${[...response.headers].join('\n')}\n\n${body}`)
    if (next) path = next(body)
  }
  return received.join('\n')
}

function holdsSecret(text: string): boolean {
  return Object.values(environment).some((secret) => text.includes(secret))
}
