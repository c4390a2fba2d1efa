import { cursorTo, clearLine } from 'node:readline'
import { style } from './style.js'
import type { Progress } from './terminal.js'

const frames = ['◒', '◐', '◓', '◑']
const interval = 100

/**
 * Shows work on one line of standard error while it runs. The keyboard is left alone, so that Ctrl+C reaches the command
 * as a signal.
 */
export function createSpinner(message: string): Progress {
  const { stderr } = process
  let text = message
  let frame = 0
  const clear = (): void => {
    clearLine(stderr, 0)
    cursorTo(stderr, 0)
  }
  const draw = (): void => {
    clear()
    // A longer line would wrap, and what wraps is not cleared.
    const shown = text.slice(0, Math.max(10, (stderr.columns || 80) - 4))
    stderr.write(`${style('magenta', frames[frame++ % frames.length] ?? '', stderr)}  ${shown}`)
  }
  draw()
  const timer = setInterval(draw, interval)
  timer.unref()
  const end = (last?: string): void => {
    clearInterval(timer)
    clear()
    if (last !== undefined) stderr.write(`${last}\n`)
  }
  return {
    update: (newText) => (text = newText),
    done: (last) => end(`${style('green', '◇', stderr)}  ${last}`),
    failed: (last) => end(`${style('red', '▲', stderr)}  ${last}`),
    clear: () => end(),
  }
}
