import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolveCommand } from 'package-manager-detector/commands'
import { CliError, exitCodes } from '../command/cli-error.js'
import { defineCommand } from '../command/define-command.js'
import type { Command } from '../command/define-command.js'
import { readEnvironment } from '../environment/env-files.js'
import { adapters } from '../init/adapter.js'
import { chooseContent, contentSources } from '../init/choose-content.js'
import { localSpaceData, setUpLocalSpace } from '../init/local-space.js'
import { planInit } from '../init/plan.js'
import type { InitPlan } from '../init/plan.js'
import { contentFolder } from '../init/starter.js'
import { askForOwnSpace } from '../init/own-space.js'
import { assertSupported } from '../project/assert-supported.js'
import { detectProject } from '../project/detect-project.js'
import type { Project } from '../project/detect-project.js'
import { applyEdits, changesOf, showEdits } from '../project/file-edits.js'
import { findPackage } from '../project/packages.js'
import { style } from '../terminal/style.js'
import type { Terminal } from '../terminal/terminal.js'

const argsDefinition = {
  content: {
    type: 'enum',
    options: [...contentSources] as string[],
    description: 'Where the content is: a local space with demo content, your own space, or what was pulled.',
  },
  prerender: {
    type: 'boolean',
    description: 'Makes the pages of visitors at build; editors see theirs below /_preview, on the same deployment.',
  },
  install: { type: 'boolean', default: true, description: 'Installs the packages.', negativeDescription: 'Does not.' },
  yes: { type: 'boolean', description: 'Does all that is proposed, without asking.' },
  'dry-run': { type: 'boolean', description: 'Shows what would change, and changes nothing.' },
} as const

/** `keyblok init`: sets an Astro site or a SvelteKit app up. */
export const initCommand: Command = defineCommand({
  name: 'init',
  description: 'Sets up an Astro site or a SvelteKit app: configuration, types, components and one route.',
  args: argsDefinition,
  examples: [
    { call: 'init', does: 'asks what it cannot know, and shows the changes first' },
    { call: 'init --yes', does: 'with a local space and its demo content' },
    { call: 'init --content own', does: 'with your space in Storyblok' },
    { call: 'init --dir apps/web --dry-run', does: 'shows what would change in one app of a monorepo' },
  ],
  async run({ args, terminal, signal }) {
    const project = await detectProject(process.cwd())
    assertSupported(project)
    const isAgreed = args.yes === true
    const env = readEnvironment()
    const content = await chooseContent(args.content, { env, isAgreed, terminal })
    const plan = await planInit(project, { content, prerender: args.prerender === true, env, terminal, signal })
    terminal.note(`${project.framework === 'astro' ? 'Astro' : 'SvelteKit'} ${project.major ?? ''}, ${project.agent}.`)
    showEdits(plan.edits, terminal)

    if (args['dry-run']) return end(plan, terminal, false)
    if (plan.edits.length > 0 && !(isAgreed || (await terminal.confirm('Write these changes?', '--yes')))) {
      throw new CliError('Nothing was changed.', { exitCode: exitCodes.failed })
    }
    applyEdits(project.folder, plan.edits)
    if (args.install && !isInstalled(project, plan)) install(project, terminal)
    if (content === 'demo') await setUpLocalSpace(project, plan, terminal)
    if (content === 'own') await askForOwnSpace(project.folder, plan, terminal)
    end(plan, terminal, true)
    if (content === 'demo' && terminal.interactive && existsSync(localSpaceData)) await offerLocalSpace(terminal)
  },
})

/** Whether the packages are there; those of a run before whose installation failed are not. */
function isInstalled({ folder, framework }: Project, { edits }: InitPlan): boolean {
  return (
    edits.every(({ file }) => file !== 'package.json') && findPackage(adapters[framework].package, folder) !== undefined
  )
}

function install({ folder, agent }: Project, terminal: Terminal): void {
  const command = resolveCommand(agent, 'install', [])
  if (!command) return
  const line = [command.command, ...command.args].join(' ')
  terminal.note(`Installing: ${line}`)
  // On Windows package managers are scripts, which only a shell runs; nothing of a person's is in the line.
  const { status } = spawnSync(line, { cwd: folder, shell: true, stdio: terminal.json ? 'ignore' : ['ignore', 2, 2] })
  if (status !== 0) {
    throw new CliError(`“${line}” failed.`, {
      hint: 'Correct what it says, and run `npx keyblok init` again: it goes on.',
    })
  }
}

/** Serves the local space in this terminal, for whoever wants to see it at once. */
async function offerLocalSpace(terminal: Terminal): Promise<void> {
  if (!(await terminal.confirm('Start the local space now? Ctrl+C stops it.', '', false))) return
  const [, command = ''] = process.argv
  const args = [command, 'space', '--content', contentFolder, '--data', localSpaceData]
  spawnSync(process.execPath, args, { stdio: 'inherit' })
}

function end({ edits, notes, next }: InitPlan, terminal: Terminal, isWritten: boolean): void {
  if (edits.length === 0) terminal.line('Everything is set up already.')
  if (notes.length > 0) terminal.line(`\n${style('bold', 'By hand')}`)
  for (const note of notes) terminal.line(`  ${note}`)
  if (isWritten && next.length > 0) terminal.line(`\n${style('bold', 'Next')}`)
  if (isWritten) for (const step of next) terminal.line(`  ${step}`)
  terminal.result({
    changes: changesOf(edits),
    written: isWritten,
    byHand: notes,
    next,
  })
}
