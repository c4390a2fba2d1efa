import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findFreePort } from '../../../scripts/lib/processes.ts'

/**
 * Starts a real nginx with a cache in front of a site, until the test ends; resolves with its origin. It keeps every answer
 * for a minute that does not say otherwise, and knows nothing of cookies.
 */
export async function startNginx(site: string): Promise<string> {
  const command = findNginx() ?? installNginx()
  const folder = mkdtempSync(join(tmpdir(), 'keyblok-nginx-'))
  const port = await findFreePort()
  writeFileSync(join(folder, 'nginx.conf'), configurationOf(folder, port, site))
  const server = spawn(command, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'ignore',
  })
  onTestFinished(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${port}`
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await fetch(origin).catch(() => undefined)) return origin
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('nginx did not start.')
}

function configurationOf(folder: string, port: number, site: string): string {
  return `
daemon off;
user ${userInfo().username};
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=site:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass ${site};
      proxy_set_header Host $http_host;
      proxy_cache site;
      proxy_cache_valid any 1m;
      add_header X-Cache $upstream_cache_status always;
    }
  }
}`
}

function findNginx(): string | undefined {
  const folders = ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/home/linuxbrew/.linuxbrew/bin']
  return folders.map((folder) => join(folder, 'nginx')).find(existsSync)
}

function installNginx(): string {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' } as const
    execFileSync('apt-get', ['update'], options)
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', 'nginx-light'], options)
  }
  const command = findNginx()
  if (command === undefined) throw new Error('The tests of proxy caches need nginx. Install it.')
  return command
}
