import { collectSecrets, maskText, Matcher, needlesOfAll } from '@keyblok/core/guard'
import type { CheckResult, DoctorContext } from './check.js'

/** Variables that tools or people give tokens, beside those that Keyblok reads. */
const holdsSecret = /STORYBLOK.*(TOKEN|SECRET)$/

/**
 * Makes what hides the environment's secrets in results, in whatever form they stand there: an address that was typed,
 * or that a site redirected to, can hold one.
 */
export function createHider({ env, secrets }: DoctorContext): (result: CheckResult) => CheckResult {
  const names = Object.keys(env)
  const others = [...secrets, ...names.filter((name) => holdsSecret.test(name))]
  const matcher = new Matcher(needlesOfAll(collectSecrets((name) => env[name], names, others)))
  const hide = (text: string): string => maskText(text, matcher, () => {})
  return ({ findings, said, ...rest }) => ({
    ...rest,
    said: hide(said),
    findings: findings.map(({ what, where, ...one }) => ({
      ...one,
      what: hide(what),
      ...(where !== undefined && { where: hide(where) }),
    })),
  })
}
