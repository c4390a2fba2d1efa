import type { Secret } from '@keyblok/core/server'
import { ask } from '../ask.js'
import type { Asked } from '../ask.js'
import { signFrame } from './sign-frame.js'

/** What the Visual Editor’s frame sends along, as browsers do. */
const frameHeaders: Readonly<Record<string, string>> = {
  accept: 'text/html',
  'sec-fetch-dest': 'iframe',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
}

const mostRedirects = 3

/**
 * Asks for a page as the Visual Editor’s frame does, and keeps its cookies where the site sends it on to another of its
 * pages.
 *
 * @param token - The preview token to sign with; without one the signature is wrong.
 * @returns The last answer, with the cookies of all.
 */
export async function askFrame(page: URL, spaceId: number, token: Secret | null, signal: AbortSignal): Promise<Asked> {
  const cookies: string[] = []
  let next = signFrame(page, spaceId, token)
  for (let redirects = 0; ; redirects++) {
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
    const answer = await ask(next, signal, { headers: { ...frameHeaders, ...(cookie !== '' && { cookie }) } })
    if ('failure' in answer) return answer
    cookies.push(...answer.cookies)
    const location = answer.headers.get('location')
    const target = location !== null && URL.canParse(location, next.href) ? new URL(location, next) : undefined
    // A signature is for the host that was allowed.
    const isFollowed = answer.status >= 300 && answer.status < 400 && target?.origin === page.origin
    if (!isFollowed || redirects >= mostRedirects) return { ...answer, cookies }
    next = target
  }
}
