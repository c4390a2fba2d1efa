import { KeyblokError } from '@keyblok/core'
import { printable } from '../terminal/printable.js'
import { link, style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'
import { lineWidth, wrap } from '../terminal/wrap.js'
import type { Severity } from './catalogue/entry.js'
import type { Check, CheckResult, DoctorContext } from './check.js'
import type { Finding } from './finding.js'
import { createHider } from './hide-secrets.js'

const severities = ['error', 'warning', 'note'] as const satisfies readonly Severity[]

const marks: Record<Severity, { mark: string; colour: 'red' | 'yellow' | 'blue' }> = {
  error: { mark: '✗', colour: 'red' },
  warning: { mark: '!', colour: 'yellow' },
  note: { mark: 'i', colour: 'blue' },
}

/**
 * Runs checks at once, prints what they say in their order, and gives what was found. No secret of the environment is
 * in it.
 *
 * @returns Whether nothing was found that is an error or a warning.
 */
export async function runChecks(
  checks: readonly Check[],
  context: DoctorContext,
  terminal: Terminal,
): Promise<boolean> {
  const hide = createHider(context)
  const running = checks.map((check) => ({ title: check.title, result: start(check, context) }))
  const results: ({ title: string } & CheckResult)[] = []
  for (const { title, result } of running) {
    const progress = terminal.progress(title)
    const given = hide(await result.finally(() => progress.clear()))
    // What asks nobody does not end by itself.
    if (context.signal.aborted) throw new KeyblokError('KB_ABORTED', 'Its signal was aborted.')
    results.push({ title, ...given })
    terminal.line(describeCheck(title, given))
  }
  const found = results.flatMap(({ findings }) => findings)
  if (results.at(-1)?.findings.length === 0) terminal.line()
  terminal.line(summary(found))
  terminal.result({ findings: found, checks: results.map(shownCheck) })
  return found.every(({ severity }) => severity === 'note')
}

function shownCheck({ title, said, isLeftOut = false }: { title: string } & CheckResult): object {
  return { title, said, isLeftOut }
}

/** A failure is told when its turn comes. */
function start(check: Check, context: DoctorContext): Promise<CheckResult> {
  const result = (async () => check.run(context))()
  result.catch(() => {})
  return result
}

const fine = { mark: '✓', colour: 'green' } as const
const unseen = { mark: '–', colour: 'dim' } as const

function describeCheck(title: string, { findings, said, isLeftOut }: CheckResult): string {
  const width = lineWidth()
  const worst = severities.find((severity) => findings.some((one) => one.severity === severity))
  const { mark, colour } = worst ? marks[worst] : isLeftOut ? unseen : fine
  const looked = wrap(printable(said), width, '  ').map((line) => style('dim', line))
  const found = groupById(findings).flatMap((same) => describe(same, width))
  const end = found.length > 0 ? [''] : []
  return [`${style(colour, mark)} ${style('bold', title)}`, ...looked, ...found, ...end].join('\n')
}

/** Puts findings of one kind together, the worst first: why and how are said once. */
function groupById(found: readonly Finding[]): Finding[][] {
  const groups = [...Map.groupBy(found, ({ id }) => id).values()]
  return groups.toSorted((a, b) => rank(a) - rank(b))
}

function rank([first]: readonly Finding[]): number {
  return severities.indexOf(first?.severity ?? 'note')
}

/** How many of one kind are shown; JSON holds all. */
const mostShown = 20

function describe(same: readonly Finding[], width: number): string[] {
  const [first] = same
  if (!first) return []
  const { severity, why, fix, page } = first
  const { mark, colour } = marks[severity]
  const lines = same.slice(0, mostShown).flatMap(({ what, where }) => {
    const [start = '', ...rest] = wrap(printable(where === undefined ? what : `${where}: ${what}`), width, '    ')
    return [`  ${style(colour, mark)} ${style('bold', start.slice(4))}`, ...rest.map((line) => style('bold', line))]
  })
  const more = same.length > mostShown ? [`    and ${same.length - mostShown} more; --json lists all.`] : []
  const reasons = [...wrap(why, width, '    '), ...wrap(fix, width, '      ', '    → ')]
  return ['', ...lines, ...more, ...reasons, `    ${style('dim', link(page, page.slice(page.indexOf('docs/'))))}`]
}

function summary(found: readonly Finding[]): string {
  const count = (severity: Severity): number => found.filter((one) => one.severity === severity).length
  const parts = severities
    .map((severity) => [count(severity), severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}${number === 1 ? '' : 's'}`)
  return parts.length === 0 ? 'Nothing was found.' : `Found: ${parts.join(', ')}.`
}
