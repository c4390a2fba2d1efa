import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Redis server of a test's own. */
export interface RunningRedis {
  url: string
  stop(): void
}

/** Starts a Redis server on this machine, and installs Debian's where there is none and this is root on Debian. */
export async function startRedis(): Promise<RunningRedis> {
  const command = findRedis() ?? installRedis()
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-redis-'))
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const server = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('redis-server ended at its start.')))
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve()
    })
  })
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => {
      server.removeAllListeners('exit')
      server.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findRedis(): string | undefined {
  const folders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/home/linuxbrew/.linuxbrew/bin']
  return folders.map((folder) => join(folder, 'redis-server')).find(existsSync)
}

function installRedis(): string {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' } as const
    execFileSync('apt-get', ['update'], options)
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'redis-server'], options)
  }
  const command = findRedis()
  if (command === undefined) throw new Error('The tests of the shared cache need redis-server. Install it.')
  return command
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
