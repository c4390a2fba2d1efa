// A worker that runs one case of the contract: the path names it, the token headers are the space's.
import { contractCases } from './contract.js'

interface Bindings {
  SPACE: { fetch(input: string, init?: RequestInit): Promise<Response> }
  PUBLIC_TOKEN: string
  PREVIEW_TOKEN: string
}

const worker = {
  async fetch(request: Request, { SPACE, PUBLIC_TOKEN, PREVIEW_TOKEN }: Bindings): Promise<Response> {
    const run = contractCases[decodeURIComponent(new URL(request.url).pathname.slice(1))]
    const answer = await run?.({
      fetch: (input, init) => SPACE.fetch(input, init),
      tokens: { public: PUBLIC_TOKEN, preview: PREVIEW_TOKEN },
    })
    return Response.json(answer)
  },
}

export default worker
