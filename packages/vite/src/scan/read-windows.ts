import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { pipeline } from 'node:stream'
import type { Transform } from 'node:stream'
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createZstdDecompress,
  gunzipSync,
  zstdDecompressSync,
} from 'node:zlib'

/** A part of a file; it is good until the next one is asked for. */
export interface Window {
  bytes: Buffer
  /** Where the part begins, in bytes from the start of the file. */
  offset: number
}

/** In bytes. */
const windowSize = 4 << 20

/** How much of an unpacked file is looked at, in bytes: a small file can unpack to any size. */
const largestUnpacked = 1 << 30

/** A packed file up to this size is unpacked at once, which costs less than a stream. In bytes. */
const largestAtOnce = 256 << 10

interface Unpacker {
  atOnce(packed: Buffer, options: { maxOutputLength: number }): Buffer
  stream(): Transform
}

const unpackers: Readonly<Record<string, Unpacker>> = {
  '.svgz': { atOnce: gunzipSync, stream: createGunzip },
  '.gz': { atOnce: gunzipSync, stream: createGunzip },
  '.br': { atOnce: brotliDecompressSync, stream: createBrotliDecompress },
  '.zst': { atOnce: zstdDecompressSync, stream: createZstdDecompress },
}

/** Tells whether a file is a packed copy, which is looked into. */
export function isPacked(file: string): boolean {
  return unpackerOf(file) !== undefined
}

function unpackerOf(file: string): Unpacker | undefined {
  return unpackers[/\.[^.]*$/.exec(file)?.[0] ?? '']
}

/**
 * Reads a file in windows that overlap.
 *
 * @param overlap - In bytes.
 */
export function* readWindows(file: string, overlap: number): Generator<Window> {
  // One buffer for all: reading is most of the work.
  const buffer = (shared ??= Buffer.allocUnsafe(windowSize))
  const descriptor = openSync(file, 'r')
  try {
    let kept = 0
    let offset = 0
    for (;;) {
      const read = readSync(descriptor, buffer, kept, buffer.length - kept, null)
      if (read === 0) return
      const filled = kept + read
      yield { bytes: buffer.subarray(0, filled), offset }
      // A file gives less than was asked for at its end only.
      if (filled < buffer.length) return
      kept = Math.min(overlap, filled)
      offset += filled - kept
      buffer.copyWithin(0, filled - kept, filled)
    }
  } finally {
    closeSync(descriptor)
  }
}

let shared: Buffer | undefined

/**
 * Reads what is packed in a file, in windows that overlap.
 *
 * @throws When the file is no such archive, or unpacks to more than a gibibyte.
 */
export async function* readPackedWindows(file: string, overlap: number): AsyncGenerator<Window> {
  const unpacker = unpackerOf(file) as Unpacker
  if (statSync(file).size <= largestAtOnce) {
    yield { bytes: unpacker.atOnce(readFileSync(file), { maxOutputLength: largestUnpacked }), offset: 0 }
    return
  }
  const unpacked = unpacker.stream()
  // A failure to read ends the unpacked stream, and is thrown there.
  pipeline(createReadStream(file), unpacked, () => {})
  let kept: Buffer = Buffer.alloc(0)
  let offset = 0
  for await (const piece of unpacked as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([kept, piece])
    if (offset + bytes.length > largestUnpacked) throw new RangeError('unpacks to more than 1 GiB')
    yield { bytes, offset }
    kept = bytes.subarray(Math.max(0, bytes.length - overlap))
    offset += bytes.length - kept.length
  }
}
