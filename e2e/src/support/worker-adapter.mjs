// Runs an app of SvelteKit 3 in workerd. The adapter for Cloudflare that is on the registry is one for SvelteKit 2.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const worker = `
import { env as bindings } from 'cloudflare:workers'
import { server } from '../output/server/worker-instance.js'

let ready
export default {
  async fetch(request, env, context) {
    const asset = await env.ASSETS.fetch(request.clone())
    if (asset.status !== 404) return asset
    await (ready ??= server.init({ env: bindings }))
    const getClientAddress = () => request.headers.get('cf-connecting-ip') ?? '192.0.2.1'
    return server.respond(request, { platform: { env, context }, getClientAddress })
  },
}
`

export default function adapter() {
  return {
    name: 'worker',
    vite: {
      plugins: {
        pre: [
          {
            name: 'worker',
            configEnvironment: (name) =>
              name === 'ssr'
                ? { resolve: { noExternal: true, conditions: ['workerd', 'worker', 'module', 'browser'] } }
                : undefined,
          },
        ],
      },
    },
    adapt(builder) {
      const folder = '.svelte-kit/cloudflare'
      rmSync(folder, { recursive: true, force: true })
      builder.writeClient(folder)
      builder.writePrerendered(folder)
      builder.generateServerInstance(join(builder.getServerDirectory(), 'worker-instance.js'))
      writeFileSync(join(folder, '_worker.js'), worker)
      writeFileSync(join(folder, '.assetsignore'), '_worker.js')
    },
  }
}
