import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Finds a Chromium, or installs one: the one that `CHROMIUM_PATH` names, Playwright's own, the system's, Debian's
 * package where this is root on Debian, or a download by Playwright.
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser()
  if (found !== undefined) return found
  for (const install of [installFromDebian, installFromPlaywright]) {
    install()
    const installed = findBrowser()
    if (installed !== undefined) return installed
  }
  throw new Error('There is no Chromium here and none could be installed. Set CHROMIUM_PATH to one.')
}

function findBrowser(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  const candidates = [named, chromium.executablePath(), ...systemPaths]
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path))
}

function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  attempt('apt-get', ['update'], env)
  attempt('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], env)
}

function installFromPlaywright(): void {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  attempt(process.execPath, [cli, 'install', 'chromium'], process.env)
}

function attempt(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  try {
    execFileSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  } catch (error) {
    console.warn(`${command} failed: ${(error as Error).message}`)
  }
}
