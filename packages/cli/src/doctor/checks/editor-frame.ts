import type { Secret } from '@keyblok/core/server'
import { ask } from '../ask.js'
import type { SiteAnswer } from '../ask.js'
import type { Check, CheckResult } from '../check.js'
import { finding } from '../finding.js'
import { findEditor } from '../page/editor.js'
import type { Editor } from '../page/editor.js'
import { findFrameProblems } from '../page/frame-problems.js'
import type { Page } from '../page/page.js'
import { frameHeaders, signFrame } from '../page/sign-frame.js'
import { isEditorsPage, saysDraft } from '../page/traces.js'

/** Looks at a page as the Visual Editor’s frame: with a signature that is right, and with one that is wrong. */
export function editorFrameCheck(page: Page): Check {
  return {
    title: 'The page, in the editor’s frame',
    async run(context) {
      const visitor = await page.visit(context.signal)
      if ('failure' in visitor || visitor.status >= 400) return leftOut('the page does not answer')
      const { host } = visitor.url
      if (!(await page.maySign(visitor.url))) {
        return leftOut(`the space does not list ${host} among its preview addresses. --yes looks at it all the same`)
      }
      const editor = findEditor(context)
      if (typeof editor === 'string') return leftOut(editor)
      return look(visitor, editor, context.signal)
    },
  }
}

function leftOut(reason: string): CheckResult {
  return { findings: [], said: `It was left out: ${reason}.` }
}

async function look({ url }: SiteAnswer, editor: Editor, signal: AbortSignal): Promise<CheckResult> {
  const { spaceId, token } = editor
  const askFrame = (secret: Secret | null): ReturnType<typeof ask> =>
    ask(signFrame(url, spaceId, secret), signal, { headers: frameHeaders })
  const [signed, forged] = await Promise.all([askFrame(token), askFrame(null)])
  if ('failure' in signed || 'failure' in forged) return leftOut('the page did not answer again')
  const where = `${url.origin}${url.pathname}`
  const isDraft = isEditorsPage(signed)
  const findings = [
    // What everybody may see, as on staging, is no right of the signature.
    ...(isEditorsPage(forged)
      ? [finding('wrong-signature-draft', 'It takes a wrong signature for a right one.', where)]
      : []),
    ...(isDraft || isRedirect(signed) ? [] : [finding('signature-not-recognised', notRecognised(signed), where)]),
    ...(isDraft || isRedirect(signed) ? findFrameProblems(signed, editor, where) : []),
  ]
  const redirected = isRedirect(signed) ? ' It redirects: look at where it leads, too.' : ''
  return {
    findings,
    said: `${where} asked with a signature of this minute, and with a wrong one.${redirected}`,
  }
}

function isRedirect({ status }: SiteAnswer): boolean {
  return status >= 300 && status < 400
}

function notRecognised(signed: SiteAnswer): string {
  if (signed.status >= 400) return `To the editor it answers with status ${signed.status}.`
  return saysDraft(signed) ? 'It shows a draft, without the editor’s script.' : 'It shows the editor what visitors see.'
}
