import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Tells why a file cannot be had. Its message never holds an address, which may be signed. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError'
  /** Whether asking again later can help. */
  readonly unavailable: boolean

  constructor(message: string, unavailable: boolean) {
    super(message)
    this.unavailable = unavailable
  }
}

const attempts = 4
const firstDelay = 300
/** Milliseconds without a byte. */
const patience = 60_000

/**
 * Writes what lies at an address into a file, as it comes. A redirect is not followed: no asset host sends one.
 *
 * @param file - A new file.
 * @returns How many bytes there are.
 * @throws {DownloadError} When it cannot be had; the signal's reason when it was aborted; the system's error when the
 * file cannot be written.
 */
export async function download(url: URL, file: string, signal: AbortSignal): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryDownload(url, file, signal)
    } catch (error) {
      signal.throwIfAborted()
      const failure = toFailure(error)
      if (!failure.unavailable || attempt >= attempts) throw failure
    }
    await wait(firstDelay * 2 ** attempt * Math.random(), undefined, { signal })
  }
}

async function tryDownload(url: URL, file: string, signal: AbortSignal): Promise<number> {
  const idle = new AbortController()
  const timer = setTimeout(() => idle.abort(), patience)
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, idle.signal]),
    })
    if (!response.ok || !response.body) {
      await response.body?.cancel()
      throw refusal(response.status)
    }
    if (isPage(response) && !/\.x?html?$/i.test(url.pathname)) {
      await response.body.cancel()
      throw new DownloadError('A page was answered in its place, as networks do that want a sign-in.', true)
    }
    let length = 0
    const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        length += chunk.length
        timer.refresh()
        yield chunk
      }
    }
    await pipeline(Readable.fromWeb(response.body as never), counted, createWriteStream(file))
    return length
  } finally {
    clearTimeout(timer)
  }
}

const isPage = ({ headers }: Response): boolean => headers.get('content-type')?.startsWith('text/html') === true

function refusal(status: number): DownloadError {
  if (status >= 300 && status < 400)
    return new DownloadError('It is redirected elsewhere, which is not followed.', false)
  return new DownloadError(`Its host answered ${status}.`, status === 429 || status >= 500)
}

/** The system's own errors, such as a full disk, are no failure of the network. */
function toFailure(error: unknown): DownloadError {
  if (error instanceof DownloadError) return error
  if (error instanceof Error && 'syscall' in error && 'path' in error) throw error
  return new DownloadError('Its host cannot be reached, or stopped answering.', true)
}
