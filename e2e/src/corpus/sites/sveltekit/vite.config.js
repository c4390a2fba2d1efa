import { keyblok } from '@keyblok/sveltekit'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  build: { sourcemap: true },
  define: {
    __CMS_REGION__: JSON.stringify('eu'),
    __CMS_TOKEN__: JSON.stringify(process.env.STORYBLOK_PREVIEW_TOKEN ?? ''),
  },
  plugins: [
    sveltekit({
      compilerOptions: { experimental: { async: true } },
      experimental: { remoteFunctions: true },
      prerender: { handleUnseenRoutes: 'ignore' },
    }),
    keyblok({ guard: { secrets: ['APP_SECRET'], serverOnly: ['src/secret/**'] } }),
  ],
})
