import node from '@astrojs/node'

/** What all sides have in common: a server of its own, and pages that are prerendered unless a run asks for them on demand. */
export function configOf(...integrations) {
  return { adapter: node({ mode: 'standalone' }), integrations: [...integrations, rendering] }
}

const rendering = {
  name: 'rendering',
  hooks: {
    'astro:route:setup': ({ route }) => {
      route.prerender = process.env.BENCH_ON_DEMAND !== '1'
    },
  },
}
