#!/usr/bin/env node
import { defineCommand, runMain } from 'citty'

const main = defineCommand({
  meta: { name: 'keyblok', description: 'Storyblok for Astro and SvelteKit, with every token on the server.' },
  subCommands: {
    space: () => import('./commands/space.js').then(({ spaceCommand }) => spaceCommand),
  },
})

await runMain(main)
