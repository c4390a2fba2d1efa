import node from '@astrojs/node'
import keyblok from '@keyblok/astro'

export default {
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  integrations: [keyblok({ guard: { allow: ['public'] } })],
}
