/** What server islands showed, by their address and place. What is not saved does not reach them: they are asked once. */
const shown = new Map<string, string>()

/** Has server islands asked again, such as after something was saved. */
export function forgetServerIslands(): void {
  shown.clear()
}

/**
 * Fills the server islands of a page before it is shown, as Astro's script in their place does later. That script's words
 * are new in each answer, so a content security policy that knew those of the first refuses them; and nothing flickers.
 */
export async function fillServerIslands(page: Document): Promise<void> {
  for (const link of page.querySelectorAll('link[rel=preload][href*="/_server-islands/"]')) link.remove()
  const scripts = [...page.querySelectorAll<HTMLScriptElement>('script[data-island-id]')]
  await Promise.all(scripts.map((script, index) => fill(script, index)))
}

async function fill(script: HTMLScriptElement, index: number): Promise<void> {
  const asked = readRequest(script.textContent)
  if (!asked) return
  const place = `${new URL(asked.url, location.href).pathname} ${index}`
  const html = shown.get(place) ?? (await ask(asked))
  if (html === undefined) return
  shown.set(place, html)
  // What stands in its place until it comes lies between a comment and the script.
  while (script.previousSibling && script.previousSibling.nodeType !== Node.COMMENT_NODE)
    script.previousSibling.remove()
  script.previousSibling?.remove()
  const template = document.createElement('template')
  template.innerHTML = html
  script.replaceWith(template.content)
}

interface IslandRequest {
  url: string
  /** What is sent where it is too long for an address. */
  body?: string
}

const text = String.raw`"(?:[^"\\]|\\.)*"`
const fields = ['encryptedComponentExport', 'encryptedProps', 'encryptedSlots']

/** Reads what the script asks for; an island's words are JSON in it. */
function readRequest(code: string): IslandRequest | undefined {
  const url = new RegExp(String.raw`fetch\((${text})`).exec(code)?.[1]
  if (url === undefined) return undefined
  const values = fields.map((name) => [name, new RegExp(`${name}: (${text})`).exec(code)?.[1]] as const)
  const isPost = values.every(([, value]) => value !== undefined)
  const data = Object.fromEntries(values.map(([name, value]) => [name, value && (JSON.parse(value) as string)]))
  return { url: JSON.parse(url) as string, ...(isPost && { body: JSON.stringify(data) }) }
}

async function ask({ url, body }: IslandRequest): Promise<string | undefined> {
  const sent = body === undefined ? {} : { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }
  const answer = await fetch(url, sent)
  return answer.ok ? answer.text() : undefined
}
