import { defineCommand } from 'citty'
import { runCommandLine } from './command/run-command-line.js'
import { packageVersion } from './project/package-version.js'

const main = defineCommand({
  meta: {
    name: 'keyblok',
    version: packageVersion(),
    description: 'Storyblok for Astro and SvelteKit, with every token on the server.',
  },
  subCommands: {
    init: () => import('./commands/init.js').then(({ initCommand }) => initCommand),
    migrate: () => import('./commands/migrate.js').then(({ migrateCommand }) => migrateCommand),
    doctor: () => import('./commands/doctor.js').then(({ doctorCommand }) => doctorCommand),
    tokens: () => import('./commands/tokens.js').then(({ tokensCommand }) => tokensCommand),
    pat: () => import('./commands/pat.js').then(({ patCommand }) => patCommand),
    pull: () => import('./commands/pull.js').then(({ pullCommand }) => pullCommand),
    types: () => import('./commands/types.js').then(({ typesCommand }) => typesCommand),
    space: () => import('./commands/space.js').then(({ spaceCommand }) => spaceCommand),
    fingerprint: () => import('./commands/fingerprint.js').then(({ fingerprintCommand }) => fingerprintCommand),
  },
})

await runCommandLine(main, process.argv.slice(2))
