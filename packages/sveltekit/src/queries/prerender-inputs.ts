/** What is read for the build: which answers of remote functions are to be written. */
interface Inputs {
  read: () => Promise<string[]>
  started?: Promise<string[]>
}

const all: Inputs[] = []

/**
 * Reads what a remote function is to be written for, when SvelteKit asks, and then for all of them at once.
 *
 * @returns What SvelteKit asks.
 */
export function prerenderInputs(read: () => Promise<string[]>): () => Promise<string[]> {
  const inputs: Inputs = { read }
  all.push(inputs)
  return () => {
    void inputsRead()
    return start(inputs)
  }
}

/**
 * Waits until everything is read. While it builds, SvelteKit takes nothing more once the pages that it knows are written:
 * none may be before that.
 */
export async function inputsRead(): Promise<void> {
  // What fails is SvelteKit's to tell, where it asked.
  await Promise.allSettled(all.map(start))
}

function start(inputs: Inputs): Promise<string[]> {
  return (inputs.started ??= inputs.read())
}
