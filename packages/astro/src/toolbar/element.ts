type Child = Node | string | false | undefined

/**
 * Makes an element. What it shows is text, never markup: slugs and paths are anybody's.
 *
 * @param name - Its name, with its classes after dots, such as `p.note`.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElement {
  const [tag = 'div', ...classes] = name.split('.')
  const made = document.createElement(tag)
  if (classes.length > 0) made.className = classes.join(' ')
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children.filter((child) => child !== false && child !== undefined))
  return made
}
