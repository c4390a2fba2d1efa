import { CliError, exitCodes } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import type { Finding } from '../doctor/finding.js'
import { doctorFindings } from '../migrate/doctor-findings.js'
import { hideSecrets } from '../migrate/hide-secrets.js'
import { planMigration } from '../migrate/plan-migration.js'
import type { Migration } from '../migrate/plan-migration.js'
import type { Leftover } from '../migrate/project-draft.js'
import { assertSupported } from '../project/assert-supported.js'
import { detectProject } from '../project/detect-project.js'
import { applyEdits, changesOf, showEdits } from '../project/file-edits.js'
import { packageVersion } from '../project/package-version.js'
import { printable } from '../terminal/printable.js'
import { style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'

const argsDefinition = {
  yes: { type: 'boolean', description: 'Writes the changes without asking.' },
  'dry-run': { type: 'boolean', description: 'Shows what would change, and changes nothing.' },
} as const

/** `keyblok migrate`: moves a project from Storyblok's packages to Keyblok. */
export const migrateCommand: Command = defineCommand({
  name: 'migrate',
  description: 'Moves a project from @storyblok/astro or @storyblok/svelte to Keyblok, and lists what is left.',
  args: argsDefinition,
  examples: [
    { call: 'migrate --dry-run', does: 'shows what would change, and what would be left' },
    { call: 'migrate', does: 'shows the changes, and asks before it writes them' },
    { call: 'migrate --yes --json', does: 'for scripts: writes, and prints what was done' },
  ],
  async run({ args, terminal, signal }) {
    const { folder, framework, major } = await detectProject(process.cwd())
    assertSupported({ framework, major })
    const before = await doctorFindings(folder, signal)
    tellFindings('The doctor finds before', before, terminal)
    const plan = planMigration({ folder, framework, major }, packageVersion())
    showEdits(hideSecrets(plan.edits, plan.secrets), terminal)
    tellLeftovers(plan.leftovers, terminal)

    const isWritten = await write(folder, plan, args, terminal)
    const after = isWritten ? await doctorFindings(folder, signal) : undefined
    if (after) {
      terminal.line()
      tellFindings('The doctor finds after', after, terminal)
      tellNext(terminal)
    }
    terminal.result({
      changes: changesOf(plan.edits),
      written: isWritten,
      leftovers: plan.leftovers,
      doctor: { before, after },
    })
  },
})

type Given = { yes?: boolean; 'dry-run'?: boolean }

async function write(folder: string, { edits }: Migration, args: Given, terminal: Terminal): Promise<boolean> {
  if (edits.length === 0) {
    terminal.line('Nothing is to change: the project has moved already, or never had Storyblok’s packages.')
    return false
  }
  if (args['dry-run']) return false
  if (!args.yes && !(await terminal.confirm('Write these changes?', '--yes'))) {
    throw new CliError('Nothing was changed.', { exitCode: exitCodes.failed })
  }
  applyEdits(folder, edits)
  return true
}

function tellFindings(title: string, found: readonly Finding[], terminal: Terminal): void {
  terminal.line(`${style('bold', `${title}:`)} ${found.length === 0 ? 'nothing.' : `${found.length}.`}`)
  for (const { what, where } of found) terminal.line(printable(`  ${where === undefined ? '' : `${where}: `}${what}`))
}

function tellLeftovers(leftovers: readonly Leftover[], terminal: Terminal): void {
  tellGroup(
    'By hand',
    leftovers.filter(({ needed }) => needed),
    terminal,
  )
  tellGroup(
    'Can be left out now',
    leftovers.filter(({ needed }) => !needed),
    terminal,
  )
}

function tellGroup(title: string, leftovers: readonly Leftover[], terminal: Terminal): void {
  if (leftovers.length > 0) terminal.line(`\n${style('bold', title)}`)
  for (const { file, line, what, hint } of leftovers) {
    terminal.line(`  ${style('yellow', `${printable(file)}:${line}`)} ${printable(what)}\n    → ${printable(hint)}`)
  }
}

function tellNext(terminal: Terminal): void {
  terminal.line(`\n${style('bold', 'Next')}`)
  for (const step of [
    'Install the packages.',
    'Create a public token in Storyblok, under Settings → Access tokens, and set STORYBLOK_PUBLIC_TOKEN.',
    'Set STORYBLOK_SPACE_ID, the number in the address of the space: by it editors are known.',
    'Build. It fails where a token would reach a browser.',
  ]) {
    terminal.line(`  ${step}`)
  }
}
