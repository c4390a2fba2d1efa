import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/** Whether a stream shows colours: a terminal, unless `NO_COLOR` says otherwise. */
export function isColourful(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env['NO_COLOR'] && stream.hasColors?.() !== false
}

/** Writes a text in a style where the stream shows styles. */
export function style(format: Format, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return isColourful(stream) ? styleText(format, text, { validateStream: false }) : text
}

/** Writes a text that leads to an address where the stream shows styles, and the address itself elsewhere. */
export function link(address: string, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  const [start, end] = ['\u001B]8;;', '\u0007']
  return isColourful(stream) ? `${start}${address}${end}${text}${start}${end}` : address
}
