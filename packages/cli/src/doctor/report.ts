import { style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'
import type { Check, CheckResult, DoctorContext } from './check.js'
import type { Finding, Severity } from './finding.js'

const marks: Record<Severity, string> = {
  error: style('red', '✗'),
  warning: style('yellow', '!'),
  note: style('blue', 'i'),
}

/**
 * Runs checks one after another, prints what they say, and gives what was found.
 *
 * @returns Whether nothing was found that is an error or a warning.
 */
export async function runChecks(
  checks: readonly Check[],
  context: DoctorContext,
  terminal: Terminal,
): Promise<boolean> {
  const results: ({ title: string } & CheckResult)[] = []
  for (const check of checks) {
    const progress = terminal.progress(check.title)
    const result = { title: check.title, ...(await check.run(context)) }
    results.push(result)
    progress.clear()
    terminal.line(`${style('bold', result.title)}  ${style('dim', result.said)}`)
    for (const same of groupById(result.findings)) terminal.line(describe(same))
  }
  const found = results.flatMap(({ findings }) => findings)
  terminal.line(`\n${summary(found)}`)
  terminal.result({ findings: found, checks: results.map(({ title, said }) => ({ title, said })) })
  return found.every(({ severity }) => severity === 'note')
}

/** Puts findings of one kind together: why and how are said once. */
function groupById(found: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const one of found) groups.set(one.id, [...(groups.get(one.id) ?? []), one])
  return [...groups.values()]
}

/** How many of one kind are shown; JSON holds all. */
const mostShown = 20

function describe(same: readonly Finding[]): string {
  const [first] = same
  if (!first) return ''
  const { severity, why, fix, page } = first
  const lines = same.slice(0, mostShown).map(({ what, where }) => {
    const place = where === undefined ? '' : `${where}: `
    return `  ${marks[severity]} ${style('bold', `${place}${what}`)}`
  })
  const more = same.length > mostShown ? [`    and ${same.length - mostShown} more; --json lists all.`] : []
  return [...lines, ...more, `    ${why}`, `    → ${fix}`, `    ${style('dim', page)}`].join('\n')
}

function summary(found: readonly Finding[]): string {
  const count = (severity: Severity): number => found.filter((one) => one.severity === severity).length
  const parts = (['error', 'warning', 'note'] as const)
    .map((severity) => [count(severity), severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}${number === 1 ? '' : 's'}`)
  return parts.length === 0 ? 'Nothing was found.' : `Found: ${parts.join(', ')}.`
}
