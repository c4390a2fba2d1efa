/** Something that a notice offers. */
export interface Offer {
  label: string
  /** Where it leads, or what it does. */
  act: string | (() => void)
}

const look = `
  :host { all: initial; position: fixed; inset: auto 12px 12px auto; z-index: 16777269; max-width: calc(100vw - 24px) }
  div { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; padding: 8px 14px; border-radius: 6px;
    font: 14px/1.4 system-ui, sans-serif; color: #fff; background: #1b243f; box-shadow: 0 2px 12px #0005 }
  a, button { font: inherit; color: #7ee3d8; background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline }
`

/** The name of the element that shows notices; updates of the page leave it alone. */
const noticeTag = 'keyblok-notice'

/** Shows a notice in the corner of the page, in the place of the one before. Its look is its own, whatever the page's is. */
export function showNotice(text: string, offers: readonly Offer[]): HTMLElement {
  hideNotice()
  const host = document.createElement(noticeTag)
  host.setAttribute('role', 'status')
  const root = host.attachShadow({ mode: 'open' })
  // Not an element of style, which a content policy may refuse.
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(look)
  root.adoptedStyleSheets = [sheet]
  const box = document.createElement('div')
  box.append(text, ...offers.map(makeOffer))
  root.append(box)
  document.body.append(host)
  return host
}

export function hideNotice(): void {
  document.querySelector(noticeTag)?.remove()
}

function makeOffer({ label, act }: Offer): HTMLElement {
  const element = document.createElement(typeof act === 'string' ? 'a' : 'button')
  element.textContent = label
  if (typeof act === 'string') {
    element.setAttribute('href', act)
    // Routers in the browser would look for a page there.
    for (const name of ['data-sveltekit-reload', 'data-astro-reload']) element.setAttribute(name, '')
  } else element.addEventListener('click', act)
  return element
}
