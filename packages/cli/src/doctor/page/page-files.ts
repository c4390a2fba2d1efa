import { ask } from '../ask.js'
import type { SiteAnswer } from '../ask.js'

const mostFiles = 150
const atOnce = 8

/** Where pages and scripts name further files: attributes, imports, and what comes with a script. */
const references = [
  /\b(?:src|href)\s*=\s*["']([^"'<>\s]+\.(?:m?js|css|json)(?:\?[^"'<>\s]*)?)["']/g,
  /\b(?:import|from)\s*\(?\s*["'`]([./][^"'`\s]+\.m?js)["'`]/g,
  /sourceMappingURL=([^\s*]+\.map)/g,
]

/**
 * Gets what a page is made of, from its own host: scripts with what they import, styles, data, source maps.
 *
 * @returns The answers, and whether there was more.
 */
export async function readPageFiles(
  page: SiteAnswer,
  signal: AbortSignal,
): Promise<{ files: SiteAnswer[]; isWhole: boolean }> {
  const known = new Set([page.url.href])
  const files: SiteAnswer[] = []
  let next = [...referencesIn(page), ...dataOf(page)]
  while (next.length > 0 && files.length < mostFiles) {
    const fresh = next.filter(({ href }) => !known.has(href) && known.add(href))
    const answers = await askAll(fresh.slice(0, mostFiles - files.length), signal)
    files.push(...answers)
    next = answers.flatMap(referencesIn)
  }
  return { files, isWhole: files.length < mostFiles }
}

/** The data that SvelteKit’s router asks for a page; other sites have none there. */
function dataOf({ url, body }: SiteAnswer): URL[] {
  const isKit = body.includes('__sveltekit') || body.includes('data-sveltekit')
  return isKit ? [new URL(`${url.pathname.replace(/\/$/, '')}/__data.json`, url)] : []
}

function referencesIn({ url, body, headers }: SiteAnswer): URL[] {
  if (!/html|script|css/.test(headers.get('content-type') ?? '')) return []
  const text = body.toString()
  const found = references.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, reference = '']) => reference.replaceAll('&amp;', '&')),
  )
  return found
    .filter((reference) => URL.canParse(reference, url.href))
    .map((reference) => new URL(reference, url))
    .filter(({ origin }) => origin === url.origin)
}

async function askAll(urls: readonly URL[], signal: AbortSignal): Promise<SiteAnswer[]> {
  const answers: SiteAnswer[] = []
  for (let index = 0; index < urls.length; index += atOnce) {
    const some = await Promise.all(urls.slice(index, index + atOnce).map((url) => ask(url, signal)))
    answers.push(...some.filter((answer) => 'status' in answer))
  }
  return answers.filter(({ status }) => status < 400)
}
