// All tests: builds the packages, runs each group, and closes with one line that sums them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { repository } from './lib/playground.ts'

interface Sum {
  passed: number
  failed: number
  /** Each failed test or file, with its first message. */
  failures: readonly string[]
}

/** What is read of Vitest's report. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: readonly {
    name: string
    message: string
    assertionResults: readonly { fullName: string; status: string; failureMessages: readonly string[] }[]
  }[]
}

/** The groups, and the Vitest projects that each consists of. */
const groups: Record<string, readonly string[]> = {
  'unit and types': ['unit:*', 'types:*', 'playground:*'],
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
  const { passed, failed, failures } = readSum(report)
  // A file that fails to load has no failed test.
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, failures }
}

function readSum(report: string): Sum {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
    return { passed: numPassedTests, failed: numFailedTests, failures: testResults.flatMap(readFailures) }
  } catch (error) {
    return { passed: 0, failed: 1, failures: [`There is no report of the tests: ${String(error)}`] }
  }
}

function readFailures({ name, message, assertionResults }: Report['testResults'][number]): string[] {
  const file = relative(repository, name)
  const failed = assertionResults.filter(({ status }) => status === 'failed')
  if (failed.length === 0) return message === '' ? [] : [`${file}\n${message}`]
  return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}\n${failureMessages[0] ?? ''}`)
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
// A log that is cut keeps its end.
for (const failure of sums.flatMap(({ failures }) => failures)) console.log(`\nFAILED ${failure}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
