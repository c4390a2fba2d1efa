import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import type { Terminal } from '../terminal/terminal.js'

const file = '.gitignore'

/** Offers to keep a folder out of git: `--yes` does it, and where nobody is there to ask the line is printed. */
export async function offerIgnoring(folder: string, terminal: Terminal, yes: boolean): Promise<void> {
  const path = relative('.', folder).split(sep).join('/')
  if (path === '' || path.startsWith('..') || isAbsolute(path) || isIgnored(path)) return
  const line = `/${path}/`
  if (yes || (terminal.interactive && (await terminal.confirm(`Put ${line} into ${file}?`, '--yes')))) {
    addLine(line)
    terminal.note(`${line} is in ${file} now.`)
  } else {
    terminal.note(`To keep it out of git, put this line into ${file}: ${line}`)
  }
}

function isIgnored(path: string): boolean {
  const { status } = spawnSync('git', ['check-ignore', '--quiet', '--no-index', `${path}/stories`], { stdio: 'ignore' })
  if (status === 0 || status === 1) return status === 0
  // No repository, or no git; there may be one later.
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : []
  return lines.some((line) => line.trim().replaceAll(/^\/|\/$/g, '') === path)
}

function addLine(line: string): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  appendFileSync(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`)
}
