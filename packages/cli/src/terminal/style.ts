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
