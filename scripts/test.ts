// All tests: builds the packages, runs each group, and closes with one line that sums them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from './lib/playground.ts'

interface Sum {
  passed: number
  failed: number
}

/** The groups, and the Vitest projects that each consists of. */
const groups: Record<string, readonly string[]> = {
  'unit and types': ['unit:*', 'types:*'],
  'end to end': ['e2e'],
}

/** Runs a script of a dependency on this Node; gives its exit code. */
function run(script: string, args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, [join(repository, 'node_modules', script), ...args], {
    cwd: repository,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  })
  return status ?? 1
}

function runGroup(projects: readonly string[], report: string): Sum {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const exitCode = run('vitest/vitest.mjs', ['run', ...reporters, ...projects.map((project) => `--project=${project}`)])
  const { passed, failed } = readSum(report)
  // A file that fails to load has no failed test.
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed }
}

function readSum(report: string): Sum {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const buildExitCode = run('turbo/bin/turbo', ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'])
if (buildExitCode !== 0) process.exit(buildExitCode)

const folder = mkdtempSync(join(tmpdir(), 'keyblok-test-'))
const sums = Object.entries(groups).map(([name, projects]) => {
  console.log(`\n${name}`)
  return runGroup(projects, join(folder, `${name}.json`))
})
rmSync(folder, { recursive: true })

const passed = sums.reduce((sum, group) => sum + group.passed, 0)
const failed = sums.reduce((sum, group) => sum + group.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
