import { printable } from '../terminal/printable.js'
import type { Terminal } from '../terminal/terminal.js'
import { count, counted } from './phrases.js'
import { kinds } from './report.js'
import type { PullReport, Tally } from './report.js'

const words: readonly (readonly [keyof Tally, string])[] = [
  ['written', 'written'],
  ['unchanged', 'unchanged'],
  ['removed', 'removed'],
  ['leftOut', 'left out'],
  ['failed', 'failed'],
]

/** Prints a line for each kind that was pulled. */
export function sayTally({ tallies }: PullReport, terminal: Terminal): void {
  for (const kind of kinds) {
    const tally = tallies[kind]
    if (!tally) continue
    const parts = words.flatMap(([field, word]) => (tally[field] > 0 ? [`${count(tally[field])} ${word}`] : []))
    const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
    terminal.line(`${name}: ${parts.length > 0 ? parts.join(', ') : 'none'}.`)
  }
}

/** Says what is not in the folder, and why. */
export function noteLeftOut(report: PullReport, terminal: Terminal): void {
  const { tallies, leftOut, problems, warnings } = report
  const unnamed = (kind: 'stories' | 'assets'): number =>
    (tallies[kind]?.leftOut ?? 0) - leftOut.filter((problem) => problem.kind === kind).length
  if (unnamed('stories') > 0) {
    terminal.note(
      `${counted(unnamed('stories'), 'story is', 'stories are')} not published: --drafts pulls what is not.`,
    )
  }
  if (unnamed('assets') > 0) {
    terminal.note(
      `No story that was pulled shows ${counted(unnamed('assets'), 'asset', 'assets')}: --all-assets pulls all.`,
    )
  }
  for (const { kind, name, message } of leftOut)
    terminal.warn(printable(`Left out of the ${kind}: ${name}. ${message}`))
  for (const { kind, name, message } of problems)
    terminal.problem(printable(`Failed, of the ${kind}: ${name}. ${message}`))
  for (const warning of warnings) terminal.warn(printable(warning))
  if (problems.length > 0) terminal.note('Run the same command again to try these once more.')
}

/** The result of `--json`. Its fields stay what they are. */
export function describeResult(
  { tallies, leftOut, problems, warnings }: PullReport,
  { folder, spaceId, drafts }: { folder: string; spaceId: string; drafts: boolean },
): object {
  return { folder, space: Number(spaceId), drafts, ...tallies, leftOut, problems, warnings }
}
