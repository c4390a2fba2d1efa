import { keyblok } from '@keyblok/sveltekit'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'

const kit = sveltekit({ adapter: adapter({ precompress: false }), files: { appTemplate: '../shared/app.html' } })

export default { plugins: [kit, keyblok()] }
