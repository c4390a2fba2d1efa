import { keyblok } from '@keyblok/sveltekit'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { unlessGuarded } from '../guard-plugins.js'

export default defineConfig({
  plugins: [
    sveltekit({ adapter: adapter({ precompress: false }) }),
    unlessGuarded([keyblok({ guard: { responses: process.env.BENCH_RESPONSES === '1' } })]),
  ],
})
