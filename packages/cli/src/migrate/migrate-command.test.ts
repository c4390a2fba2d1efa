import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder, runKeyblok } from '../test-support.js'
import { hideSecrets } from './hide-secrets.js'

const token = 'fakePREVIEWfakePREVIEWtt'
const site = (): string =>
  createFolder({
    'package.json': JSON.stringify({ dependencies: { astro: '^7.0.0', '@storyblok/astro': '^10.0.0' } }),
    'astro.config.mjs': `import { storyblok } from '@storyblok/astro'
export default { integrations: [storyblok({ accessToken: '${token}' })] }
`,
    '.env': `STORYBLOK_TOKEN=${token}\n`,
  })

describe('keyblok migrate', () => {
  it('shows the changes without a token, and writes nothing under --dry-run', async () => {
    const folder = site()
    const { exitCode, output } = await runKeyblok(['migrate', '--dry-run'], { cwd: folder })
    expect(exitCode).toBe(0)
    expect(output).toContain('+export default { integrations: [keyblok()] }')
    expect(output).toContain('+STORYBLOK_PREVIEW_TOKEN=•••')
    expect(output).toContain('astro.config.mjs:2 An access token was written into the code.')
    expect(output).not.toContain(token)
    expect(readFileSync(join(folder, 'astro.config.mjs'), 'utf8')).toContain(token)
    expect(existsSync(join(folder, '.env.example'))).toBe(false)
  })

  it('shows no token of a constant, and tells of it', async () => {
    const folder = createFolder({
      'package.json': JSON.stringify({ dependencies: { astro: '^7.0.0', '@storyblok/astro': '^10.0.0' } }),
      'astro.config.mjs': `import { storyblok } from '@storyblok/astro'
const token = '${token}'
export default { integrations: [storyblok({ accessToken: token })] }
`,
    })
    const { output } = await runKeyblok(['migrate', '--dry-run'], { cwd: folder })
    expect(output).toContain('An access token was written into the code.')
    expect(output).toContain('keyblok()')
    expect(output).not.toContain(token)
  })

  it('asks before it writes, and needs --yes where nobody is there', async () => {
    const folder = site()
    expect(await runKeyblok(['migrate'], { cwd: folder })).toMatchObject({ exitCode: 2 })
    const { stdout, exitCode } = await runKeyblok(['migrate', '--yes', '--json'], { cwd: folder })
    expect(exitCode).toBe(0)
    const { written, changes, doctor } = JSON.parse(stdout)
    expect(written).toBe(true)
    expect(changes).toContainEqual({ file: 'astro.config.mjs', change: 'changed' })
    const found = (when: 'before' | 'after') => doctor[when].map(({ what }: { what: string }) => what)
    expect(found('before')).toContain('@storyblok/astro is installed beside Keyblok.')
    expect(found('before')).toContain('It does not say which kind it holds.')
    expect(found('after')).not.toContain('@storyblok/astro is installed beside Keyblok.')
    expect(found('after')).toContain('There is a preview token, and no STORYBLOK_PUBLIC_TOKEN.')
    expect(stdout).not.toContain(token)
    expect(readFileSync(join(folder, '.env'), 'utf8')).toContain(`STORYBLOK_PREVIEW_TOKEN=${token}`)
    expect((await runKeyblok(['migrate', '--yes'], { cwd: folder })).output).toContain('Nothing is to change')
  })
})

describe('what is shown', () => {
  it('has no value of an environment file', () => {
    const [shown] = hideSecrets(
      [{ file: '.env.local', before: undefined, after: '# words\nexport A = "b c"\nB=\n' }],
      [],
    )
    expect(shown?.after).toBe('# words\nexport A =•••\nB=\n')
  })
})
