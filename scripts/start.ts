// The demo: a local space, and both playgrounds as editors and as visitors see them.
import { createDemoSpace, environmentOf } from './lib/demo-space.ts'
import { build, startDev, startProduction } from './lib/playground.ts'
import type { Framework, RunningSite } from './lib/playground.ts'

const frameworks: readonly Framework[] = ['astro', 'sveltekit']
const ports = { space: 4110, astro: { dev: 4321, production: 4322 }, sveltekit: { dev: 5173, production: 5174 } }
const names: Record<Framework, string> = { astro: 'Astro', sveltekit: 'SvelteKit' }

const space = createDemoSpace()
const listener = await space.listen({ port: ports.space })
const environment = environmentOf(space, listener.url)
const sites: RunningSite[] = []

async function stop(exitCode: number): Promise<never> {
  await Promise.all(sites.map((site) => site.stop()))
  await listener.close()
  process.exit(exitCode)
}
process.once('SIGINT', () => void stop(0))
process.once('SIGTERM', () => void stop(0))

interface Row {
  title: string
  url: string
  wanted: number
}

try {
  console.log('Building both playgrounds …')
  const builds = await Promise.all(frameworks.map((framework) => build(framework, environment)))
  const failed = builds.find(({ exitCode }) => exitCode !== 0)
  if (failed) throw new Error(failed.output)

  const rows: Row[] = [
    { title: 'Local space (Storyblok’s API)', url: listener.url, wanted: ports.space },
    { title: 'Visual Editor', url: `${listener.url}/editor/`, wanted: ports.space },
  ]
  for (const framework of frameworks) {
    const wanted = ports[framework]
    const [dev, production] = await Promise.all([
      startDev(framework, environment, { port: wanted.dev }),
      startProduction(framework, environment, { port: wanted.production }),
    ])
    sites.push(dev, production)
    rows.push({ title: `${names[framework]}, dev: drafts`, url: dev.url, wanted: wanted.dev })
    rows.push({ title: `${names[framework]}, production: published`, url: production.url, wanted: wanted.production })
  }
  space.setEnvironments(
    // Browsers keep the editor's session cookie for `localhost`, where the editor is another site than the page. In
    // production editors see the site below a path, since some pages are prerendered for visitors.
    rows
      .filter(({ title }) => /production|dev/.test(title))
      .toSorted((one, other) => Number(one.title.includes('dev')) - Number(other.title.includes('dev')))
      .map(({ title, url }) => ({
        name: title.split(':')[0] ?? title,
        location: `${url.replace('127.0.0.1', 'localhost')}${title.includes('dev') ? '/' : '/_preview/'}`,
      })),
  )
  printRows(rows)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await stop(1)
}

function printRows(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ title }) => title.length))
  const lines = rows.map(({ title, url, wanted }) => {
    const isOther = Number(new URL(url).port) !== wanted
    return `  ${title.padEnd(width)}  ${url}${isOther ? `  (port ${wanted} is taken)` : ''}`
  })
  console.log(`\n${lines.join('\n')}\n
Compare the front pages: editors see “Autumn issue: the rock is finally cold”, visitors do not yet.
The tokens are in the servers’ environment only. Press Ctrl+C to stop.`)
}
