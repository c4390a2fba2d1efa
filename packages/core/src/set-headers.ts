/**
 * Sets headers on a response; one that is empty is deleted. Where its headers cannot be changed, such as on one that `fetch` gave, a copy gets them.
 */
export function setHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const entries = Object.entries(headers)
  try {
    setAll(response.headers, entries)
    return response
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const copy = new Response(response.body, response)
    setAll(copy.headers, entries)
    return copy
  }
}

function setAll(headers: Headers, entries: readonly (readonly [string, string])[]): void {
  for (const [name, value] of entries) {
    if (value === '') headers.delete(name)
    else headers.set(name, value)
  }
}
