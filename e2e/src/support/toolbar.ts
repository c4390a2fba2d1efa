import type { Frame, Locator, Page } from 'playwright'

/** Opens Keyblok's app of Astro's dev toolbar, as a developer does. */
export async function openToolbarApp(page: Page): Promise<Locator> {
  await page.locator('#dev-bar').hover()
  await page.locator('#dev-bar [data-app-id="keyblok"]').click()
  return toolbarApp(page)
}

/** The window of the app, open or not. */
export function toolbarApp(page: Page | Frame): Locator {
  return page.getByRole('region', { name: 'Keyblok', includeHidden: true })
}

/** Everything of the toolbar, with what its elements keep to themselves. */
export function readToolbar(page: Page): Promise<string> {
  return page.evaluate(() => {
    const readAll = (root: ParentNode): string =>
      [...root.querySelectorAll('*')]
        .flatMap((element) => [element.outerHTML, element.shadowRoot ? readAll(element.shadowRoot) : ''])
        .join('\n')
    return readAll(document.querySelector('astro-dev-toolbar')?.shadowRoot ?? document)
  })
}
