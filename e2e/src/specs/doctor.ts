import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cleanEnvironment } from '../../../scripts/lib/playground.ts'
import { startNode } from '../../../scripts/lib/processes.ts'
import type { SiteUnderTest } from '../support/site.ts'
import { tokensIn } from '../support/tokens.ts'

const command = fileURLToPath(import.meta.resolve('keyblok/package.json')).replace('package.json', 'bin/keyblok.js')

/** What `keyblok doctor` says of a site that is as it should be, and of one that it does not know. */
export function describeDoctor(site: SiteUnderTest): void {
  async function examine(change: Record<string, string> = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'keyblok-doctor-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const env = cleanEnvironment({ ...site.environment, ...change })
    const running = startNode([command, 'doctor', `${site.url}/`, '--yes', '--json'], { cwd: folder, env })
    await running.ended
    const { findings, checks } = JSON.parse(running.output()) as {
      findings: { id: string }[]
      checks: { title: string; isLeftOut: boolean }[]
    }
    expect(tokensIn(running.output())).toEqual([])
    return {
      found: findings.map(({ id }) => id),
      looked: checks.filter(({ isLeftOut }) => !isLeftOut).map(({ title }) => title),
    }
  }

  describe('the doctor', () => {
    it('finds nothing in a page, as a visitor and in the editor’s frame', async () => {
      const { found, looked } = await examine()
      expect(found).toEqual([])
      expect(looked).toEqual(expect.arrayContaining(['The page, as a visitor', 'The page, in the editor’s frame']))
    })

    it('finds that the site verifies editors with another token', async () => {
      const { found } = await examine({ STORYBLOK_PREVIEW_TOKEN: 'fakeOLDERfakeOLDERfakett' })
      expect(found).toEqual(['token-unknown', 'signature-not-recognised'])
    })
  })
}
