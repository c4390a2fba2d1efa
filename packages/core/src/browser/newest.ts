/**
 * Makes a worker that does one thing at a time and then the newest: the first at once, and of what comes meanwhile only the
 * last.
 */
export function newest<Value>(work: (value: Value) => Promise<void>): (value: Value) => Promise<void> {
  let next: { value: Value } | undefined
  let running: Promise<void> | undefined
  async function run(): Promise<void> {
    try {
      while (next) {
        const { value } = next
        next = undefined
        await work(value)
      }
    } finally {
      running = undefined
    }
  }
  return (value) => {
    next = { value }
    return (running ??= run())
  }
}
