import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findings } from './catalogue.js'
import { finding } from './finding.js'

const guide = readFileSync(new URL('../../../../docs/guides/doctor.md', import.meta.url), 'utf8')
const headings = [...guide.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)

describe('the catalogue of findings', () => {
  it('has a heading in the guide for each, and no other', () => {
    expect(headings.toSorted()).toEqual(Object.keys(findings).toSorted())
  })

  it('says in the guide how bad each is', () => {
    const kinds = { error: 'An error.', warning: 'A warning.', note: 'A note.' }
    for (const [id, { severity }] of Object.entries(findings)) {
      expect(guide).toContain(`### ${id}\n\n${kinds[severity]}`)
    }
  })

  it('leads to the heading', () => {
    expect(finding('token-unknown', 'It is.').page).toMatch(/\/docs\/guides\/doctor\.md#token-unknown$/)
  })

  it('says why and how in full sentences', () => {
    for (const { why, fix } of Object.values(findings)) {
      for (const text of [why, fix]) expect(text).toMatch(/^[^a-z].*\.$/)
    }
  })
})
