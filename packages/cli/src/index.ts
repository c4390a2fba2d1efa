import { defineCommand, runMain } from 'citty'

const main = defineCommand({
  meta: { name: 'keyblok', description: 'Storyblok for Astro and SvelteKit, with every token on the server.' },
  subCommands: {
    doctor: () => import('./commands/doctor.js').then(({ doctorCommand }) => doctorCommand),
    fingerprint: () => import('./commands/fingerprint.js').then(({ fingerprintCommand }) => fingerprintCommand),
    types: () => import('./commands/types.js').then(({ typesCommand }) => typesCommand),
    space: () => import('./commands/space.js').then(({ spaceCommand }) => spaceCommand),
  },
})

await runMain(main)
