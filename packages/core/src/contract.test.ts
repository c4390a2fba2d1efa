import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare, Response as WorkerResponse } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractAnswers, contractCases } from '../test/contract.js'
import { createSpace, fetchFrom, tokens } from './test-support.js'

const names = Object.keys(contractCases)

describe('in Node', () => {
  it.each(names)('%s', async (name) => {
    const { fetch } = fetchFrom(createSpace())
    expect(await contractCases[name]?.({ fetch, tokens })).toEqual(contractAnswers[name])
  })
})

describe('in workerd', () => {
  let runtime: Miniflare
  let space: ReturnType<typeof createSpace>

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../test/contract-worker.ts', import.meta.url))],
      bundle: true,
      write: false,
      format: 'esm',
      conditions: ['workerd'],
    })
    runtime = new Miniflare({
      modules: true,
      script: outputFiles[0]?.text ?? '',
      compatibilityDate: '2026-07-01',
      bindings: { PUBLIC_TOKEN: tokens.public, PREVIEW_TOKEN: tokens.preview },
      serviceBindings: {
        SPACE: async (request: { url: string }) => {
          const answer = await space.fetch(new Request(request.url))
          return new WorkerResponse(await answer.text(), {
            status: answer.status,
            headers: Object.fromEntries(answer.headers),
          })
        },
      },
    })
    await runtime.ready
  }, 60_000)

  afterAll(() => runtime.dispose())

  it.each(names)('%s', async (name) => {
    space = createSpace()
    const response = await runtime.dispatchFetch(`http://worker.test/${encodeURIComponent(name)}`)
    const text = await response.text()
    expect(response.status, text).toBe(200)
    expect(JSON.parse(text)).toEqual(contractAnswers[name])
  })
})
