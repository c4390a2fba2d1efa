// Controls move the cursor, change colours or set the clipboard; the others start lines or turn the direction around.
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/**
 * Makes a text that came from elsewhere safe to show on one line of a terminal.
 *
 * @param text - A name, a path or a message that this command did not write itself.
 * @returns The text with a `�` for each character that would control the terminal, start a line or turn the direction
 *   of writing around.
 */
export function printable(text: string): string {
  return text.replace(unprintable, '\uFFFD')
}
