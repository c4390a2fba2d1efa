import { committedCheck } from '../doctor/checks/committed.js'
import type { DoctorContext } from '../doctor/check.js'
import type { Finding } from '../doctor/finding.js'
import { readEnvironment } from '../environment/env-files.js'

/** What a move changes the outcome of. */
const checks = [committedCheck]

/** Gives what the doctor finds in the project of this folder now. */
export async function doctorFindings(signal: AbortSignal): Promise<Finding[]> {
  const context: DoctorContext = {
    folder: process.cwd(),
    env: readEnvironment(),
    secrets: [],
    isIgnored: () => false,
    signal,
  }
  const results = await Promise.all(checks.map((check) => check.run(context)))
  return results.flatMap(({ findings }) => findings)
}
