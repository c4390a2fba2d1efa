// Sends what a tool asks of Storyblok's hosts to a local space. Loaded with `node --import`.
const space = process.env.LOCAL_SPACE_URL
const fetchFromNetwork = globalThis.fetch
globalThis.fetch = (input, init) => {
  const request = new Request(input, init)
  const { hostname, pathname, search } = new URL(request.url)
  if (!/^(m?api)(-\w+)?\.storyblok\.com$/.test(hostname)) return Promise.reject(new Error(`No way to ${hostname}`))
  return fetchFromNetwork(new Request(space + pathname + search, request))
}
