/** Ends the command with a message for people, and with exit code 1. */
export function fail(problem: unknown): never {
  const message = problem instanceof Error ? problem.message : String(problem)
  const hint = problem instanceof Error && 'hint' in problem ? `\n${String(problem.hint)}` : ''
  console.error(`${message}${hint}`)
  process.exit(1)
}
