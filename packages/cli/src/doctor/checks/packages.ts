import { findApps, frameworkOf } from '../../project/detect-project.js'
import { packagesOf, readPackageJson } from '../../project/package-json.js'
import { findPackage } from '../../project/packages.js'
import type { Check, CheckResult } from '../check.js'
import { finding } from '../finding.js'
import { findMissingBridge, findOfficial, findUnscrubbed } from '../packages/beside.js'
import { findCopies, findOldNode, findUnsupported, takesFramework } from '../packages/versions.js'

/** Looks at what is installed, and whether it goes together. */
export const packagesCheck: Check = {
  title: 'Packages',
  run({ folder }) {
    const manifest = readPackageJson(folder)
    const framework = manifest && frameworkOf(manifest)?.framework
    if (!manifest || !framework) return lookForApps(folder)
    const installed = Object.keys(packagesOf(manifest)).flatMap((name) => findPackage(name, folder) ?? [])
    const keyblok = installed.filter(({ name }) => name === 'keyblok' || name.startsWith('@keyblok/'))
    const adapter = keyblok.find(({ name }) => name === `@keyblok/${framework}`)
    const shown = installed.filter(({ name }) => isShown(name)).map(({ name, version }) => `${name} ${version}`)
    return {
      findings: [
        ...(adapter ? [] : [finding('keyblok-missing', `@keyblok/${framework} is not installed.`, 'package.json')]),
        ...installed.filter(takesFramework).flatMap((one) => findUnsupported(one, folder)),
        ...findOldNode(manifest, folder),
        ...findCopies(keyblok),
        ...(adapter ? findMissingBridge(folder) : []),
        ...findOfficial(manifest),
        ...(adapter ? findUnscrubbed(manifest, folder) : []),
      ],
      said: `Node ${process.versions.node}${shown.length === 0 ? '; nothing of the project is installed' : `, ${shown.join(', ')}`}.`,
    }
  },
}

function lookForApps(folder: string): CheckResult {
  const apps = findApps(folder)
  const said = 'There is no Astro site and no SvelteKit app in this folder.'
  return { findings: apps.map((app) => finding('apps-elsewhere', `There is one in ${app}: --dir ${app}`)), said }
}

function isShown(name: string): boolean {
  return ['astro', 'svelte', 'vite'].includes(name) || /^(@keyblok|@sveltejs|@astrojs)\//.test(name)
}
