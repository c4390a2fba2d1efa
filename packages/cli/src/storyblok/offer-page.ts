import open from 'open'
import type { Terminal } from '../terminal/terminal.js'

/** Opens a page in the person's browser, where somebody is there and agrees. */
export async function offerPage(address: string, terminal: Terminal): Promise<void> {
  if (!terminal.interactive) return
  if (await terminal.confirm(`Open ${address} in the browser?`, '', true)) await open(address)
}
