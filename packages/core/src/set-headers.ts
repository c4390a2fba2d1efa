/**
 * Sets headers on a response. Where its headers cannot be changed, such as on one that `fetch` gave, a copy gets them.
 */
export function setHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const entries = Object.entries(headers)
  try {
    for (const [name, value] of entries) response.headers.set(name, value)
    return response
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const copy = new Response(response.body, response)
    for (const [name, value] of entries) copy.headers.set(name, value)
    return copy
  }
}
