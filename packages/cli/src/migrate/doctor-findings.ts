import { buildOutputCheck } from '../doctor/checks/build-output.js'
import { committedCheck } from '../doctor/checks/committed.js'
import { envFilesCheck } from '../doctor/checks/env-files.js'
import { packagesCheck } from '../doctor/checks/packages.js'
import { variablesCheck } from '../doctor/checks/variables.js'
import { createContext } from '../doctor/context.js'
import type { Finding } from '../doctor/finding.js'

/** What a move changes the outcome of: the checks that look at files, and ask nobody. */
const checks = [committedCheck, envFilesCheck, variablesCheck, packagesCheck, buildOutputCheck]

/** Gives what the doctor finds in a project's files now. */
export async function doctorFindings(folder: string, signal: AbortSignal): Promise<Finding[]> {
  const context = createContext({ folder, secrets: [], isIgnored: () => false, signal })
  const results = await Promise.all(checks.map((check) => check.run(context)))
  return results.flatMap(({ findings }) => findings)
}
