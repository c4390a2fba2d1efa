import { keyblok } from '@keyblok/sveltekit'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [sveltekit(), keyblok({ guard: { serverOnly: ['src/secret/**'] } })] })
