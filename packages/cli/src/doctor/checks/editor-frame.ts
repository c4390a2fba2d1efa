import type { SiteAnswer } from '../ask.js'
import { leftOut } from '../check.js'
import type { Check, CheckResult } from '../check.js'
import { finding } from '../finding.js'
import { askFrame } from '../page/ask-frame.js'
import { findEditor } from '../page/editor.js'
import type { Editor } from '../page/editor.js'
import { findFrameProblems } from '../page/frame-problems.js'
import type { Page } from '../page/page.js'
import { isEditorsPage, saysDraft } from '../page/traces.js'

/** Looks at a page as the Visual Editor’s frame: with a signature that is right, and with one that is wrong. */
export function editorFrameCheck(page: Page): Check {
  return {
    title: 'The page, in the editor’s frame',
    async run(context) {
      const visitor = await page.visit(context.signal)
      if ('failure' in visitor || visitor.status >= 400) return leftOut('The page does not answer.')
      // Below the path of previews a visitor is sent elsewhere, and the editor is not.
      const url = visitor.url.origin === page.url.origin ? page.url : visitor.url
      if (!(await page.maySign(url))) {
        return leftOut(
          `the space does not list ${url.host} among its preview addresses. --yes looks at it all the same`,
        )
      }
      const editor = findEditor(context)
      if (typeof editor === 'string') return leftOut(editor)
      return look(url, editor, context.signal)
    },
  }
}

async function look(url: URL, editor: Editor, signal: AbortSignal): Promise<CheckResult> {
  const { spaceId, token } = editor
  const [signed, forged] = await Promise.all([
    askFrame(url, spaceId, token, signal),
    askFrame(url, spaceId, null, signal),
  ])
  if ('failure' in signed || 'failure' in forged) return leftOut('The page did not answer again.')
  const where = `${url.origin}${url.pathname}`
  const isDraft = isEditorsPage(signed)
  const findings = [
    // What everybody may see, as on staging, is no right of the signature.
    ...(isEditorsPage(forged)
      ? [finding('wrong-signature-draft', 'It takes a wrong signature for a right one.', where)]
      : []),
    ...(isDraft || isRedirect(signed) ? [] : [finding('signature-not-recognised', notRecognised(signed), where)]),
    ...(isDraft ? findFrameProblems(signed, editor, where) : []),
  ]
  const redirected = isRedirect(signed) ? ' It redirects to another host, where no signature was sent.' : ''
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
