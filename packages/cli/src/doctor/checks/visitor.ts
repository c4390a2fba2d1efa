import { collectSecrets } from '@keyblok/core/guard'
import { isLoopbackHost } from '@keyblok/core/management'
import { describeFinding, SecretSearch } from '@keyblok/vite/files'
import type { SiteAnswer } from '../ask.js'
import type { Check, DoctorContext } from '../check.js'
import { finding } from '../finding.js'
import type { Finding } from '../finding.js'
import { readPageFiles } from '../page/page-files.js'
import type { Page } from '../page/page.js'
import { editorParts, saysDraft } from '../page/traces.js'

/** Looks at a page as a visitor: its scripts and data, what caches are told, and that nothing of an editor is in it. */
export function visitorCheck(page: Page): Check {
  return {
    title: 'The page, as a visitor',
    async run(context) {
      const answer = await page.visit(context.signal)
      if ('failure' in answer) return unreachable(page.url, answer.failure)
      if (answer.status >= 400) return unreachable(answer.url, `status ${answer.status}`)
      const { findings, said } = await findTokens(answer, context)
      return { findings: [...findings, ...findEditorParts(answer), ...findCaching(answer)], said }
    },
  }
}

function unreachable(url: URL, reason: string): { findings: Finding[]; said: string } {
  return {
    findings: [finding('page-unreachable', `It does not answer: ${reason}.`, placeOf(url))],
    said: 'Nothing to look at.',
  }
}

function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`
}

async function findTokens(
  answer: SiteAnswer,
  { env, secrets, signal }: DoctorContext,
): Promise<{ findings: Finding[]; said: string }> {
  const search = new SecretSearch({ secrets: collectSecrets((name) => env[name], Object.keys(env), secrets) })
  const { files, isWhole } = await readPageFiles(answer, signal)
  const findings = [answer, ...files].flatMap(({ url, headers, body }) => {
    const sent = Buffer.concat([
      Buffer.from(`${[...headers].map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n`),
      body,
    ])
    const found = new Map(search.find(sent).map((one) => [`${one.label} ${one.looksLike}`, one]))
    return [...found.values()].map((one) =>
      finding('token-in-page', `It holds ${describeFinding(one)}.`, search.mask(placeOf(url))),
    )
  })
  const sought = search.labels.length > 0 ? `the ${search.labels.join(', the ')}` : 'what looks like a token'
  const rest = isWhole ? '' : ' There are more, which were not.'
  return { findings, said: `${placeOf(answer.url)} and ${files.length} of its files searched for ${sought}.${rest}` }
}

function findEditorParts(answer: SiteAnswer): Finding[] {
  const where = placeOf(answer.url)
  if (saysDraft(answer)) {
    // A dev server shows drafts to whoever sits at it.
    return isLoopbackHost(answer.url.hostname)
      ? []
      : [finding('visitor-drafts', 'It shows drafts to every visitor.', where)]
  }
  const parts = editorParts(answer)
  return parts.length === 0 ? [] : [finding('visitor-editor-parts', `It has ${parts.join(', ')}.`, where)]
}

const day = 86_400

function findCaching(answer: SiteAnswer): Finding[] {
  const control = answer.headers.get('cache-control') ?? ''
  const where = placeOf(answer.url)
  const longest = Number(/(?:^|[\s,])max-age=(\d+)/.exec(control)?.[1] ?? 0)
  if (longest >= day || /\bimmutable\b/.test(control)) {
    return [finding('visitor-cache-long', `Browsers keep it: ${control}.`, where)]
  }
  const isKept = !/\b(no-store|private)\b/.test(control) || saysDraft(answer)
  return isKept ? [] : [finding('visitor-no-store', `No cache keeps it: ${control}.`, where)]
}
