import { element } from './element.js'
import type { Leak } from './events.js'
import { icon } from './icon.js'
import type { PageReport, RequestReport, SpaceReport, StoryReport } from './page-report.js'
import { styles } from './styles.js'
import { duration, headline, isFailure, requestSummary, timeOf } from './wording.js'

/** What the app shows. */
export interface Shown {
  /** What the page's answer tells; `undefined` where it tells nothing. */
  report: PageReport | undefined
  leaks: readonly Leak[]
}

type Badge = 'gray' | 'green' | 'purple' | 'red' | 'yellow'

/** The app's window. What changes is replaced; what is pressed stays, and keeps the focus. */
export class View {
  readonly window: HTMLElement
  readonly #badges = element('span.badges')
  readonly #status = element('p.status', { role: 'status' })
  readonly #body = element('div.body', { role: 'group', 'aria-label': 'This page', tabindex: '0' })

  /** @param onRefresh - Is called when the collections are to be loaded again. */
  constructor(onRefresh: () => void) {
    const title = element('h1')
    title.innerHTML = icon
    title.append('Keyblok')
    const refresh = element('astro-dev-toolbar-button', { 'button-style': 'gray' }, 'Refresh collections')
    refresh.addEventListener('click', onRefresh)
    const header = element('header', {}, title, this.#badges, this.#status, refresh)
    const style = element('style', {}, styles)
    this.window = element(
      'astro-dev-toolbar-window',
      { role: 'region', 'aria-label': 'Keyblok' },
      style,
      header,
      this.#body,
    )
  }

  /** Says what is being done, or was. */
  say(text: string): void {
    this.#status.textContent = text
  }

  show({ report, leaks }: Shown): void {
    this.#badges.replaceChildren(...(report ? headerBadges(report) : []))
    this.#body.replaceChildren(
      ...(leaks.length > 0 ? [leakSection(leaks)] : []),
      ...(report ? reportSections(report) : [element('p.headline', {}, silence())]),
    )
  }
}

/** Why a page tells nothing. */
function silence(): string {
  return window.isSecureContext
    ? 'This page’s answer does not tell how it was made.'
    : 'Browsers tell how a page was made on localhost and over HTTPS only. Open this page on localhost.'
}

function leakSection(leaks: readonly Leak[]): HTMLElement {
  return element(
    'section.leaks',
    { role: 'alert' },
    element('h2', {}, warningIcon(), 'The guard overwrote a secret'),
    element(
      'ul',
      {},
      ...leaks.map(({ label, route }) => element('li', {}, `The ${label}, in `, element('code', {}, route))),
    ),
    element('p', {}, 'It did not reach the browser, but a build would fail. The terminal says where it may be from.'),
  )
}

function warningIcon(): HTMLElement {
  // The element looks at its attribute only where HTML made it.
  return Object.assign(element('astro-dev-toolbar-icon'), { icon: 'warning' })
}

/** What counts most, to be seen without reading; several spaces have badges of their own, where they are told of. */
function headerBadges({ environment, spaces }: PageReport): HTMLElement[] {
  const [only, ...others] = spaces
  return [
    ...(environment === undefined ? [] : [badge(environment, 'gray')]),
    ...(only && others.length === 0 ? spaceBadges(only) : []),
  ]
}

function spaceBadges({ token, version }: SpaceReport): HTMLElement[] {
  return [badge(version, version === 'draft' ? 'yellow' : 'green'), badge(`${token} token`, 'purple')]
}

function reportSections(report: PageReport): HTMLElement[] {
  if (report.spaces.length === 0) return [element('p.headline', {}, 'This page read nothing from Storyblok.')]
  return [
    element('div', {}, ...report.spaces.flatMap((space) => spaceFacts(space, report)), requestFacts(report)),
    ...(report.storyCount > 0 ? [storySection(report)] : []),
    ...(report.requests.length > 0 ? [requestSection(report)] : []),
  ]
}

function spaceFacts(space: SpaceReport, { spaces }: PageReport): HTMLElement[] {
  const isOneOfMany = spaces.length > 1
  return [
    ...(isOneOfMany ? [element('div.badges', {}, badge(space.name, 'gray'), ...spaceBadges(space))] : []),
    element('p.headline', {}, headline(space)),
    element('p.facts', {}, ...cacheVersion(space)),
  ]
}

function cacheVersion({ cv, version }: SpaceReport): (HTMLElement | string)[] {
  if (cv === undefined) return [version === 'draft' ? 'No cv: drafts are never cached.' : 'No cv is known yet.']
  const time = timeOf(cv)
  return [
    'cv ',
    element('code', {}, String(cv)),
    ...(time === undefined
      ? []
      : [', from ', element('time', { datetime: time.toISOString() }, time.toLocaleString(undefined, dateStyle))]),
  ]
}

const dateStyle: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'medium' }

function requestFacts(report: PageReport): HTMLElement {
  const failures = report.requests.filter(isFailure).length
  return element(
    'p.facts',
    {},
    `${requestSummary(report)}.`,
    failures > 0 && element('strong.failures', {}, ` ${failures} failed.`),
  )
}

function storySection({ spaces, storyCount }: PageReport): HTMLElement {
  const named = spaces.flatMap(({ stories }) => stories)
  const more = storyCount - named.length
  return element(
    'section',
    {},
    element('h2', {}, 'Stories', element('span', {}, `${storyCount} read`)),
    element('ul.stories', {}, ...named.map(storyRow)),
    more > 0 && element('p.note', {}, `and ${more} more`),
  )
}

function storyRow({ href, id, slug }: StoryReport): HTMLElement {
  const link = {
    href: href ?? '',
    target: '_blank',
    rel: 'noopener',
    'aria-label': `Edit ${slug} in the Visual Editor`,
  }
  return element(
    'li',
    {},
    element('span.slug', {}, slug),
    element('span.id', { title: 'The story’s id' }, String(id)),
    href !== undefined && element('a', link, 'Edit ↗'),
  )
}

function requestSection({ requests, sent }: PageReport): HTMLElement {
  const longest = Math.max(...requests.map(({ ms }) => ms), 1)
  const more = sent.count - requests.length
  const head = ['Status', 'Path', 'Time'].map((text) => element('th', { scope: 'col' }, text))
  return element(
    'section',
    {},
    element('h2', {}, 'Requests', element('span', {}, `${sent.count} sent`)),
    element(
      'table',
      { 'aria-label': 'Requests to Storyblok' },
      element('thead.hidden', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...requests.map((request) => requestRow(request, longest))),
    ),
    more > 0 && element('p.note', {}, `and ${more} more`),
  )
}

function requestRow(request: RequestReport, longest: number): HTMLElement {
  const { ms, path, status } = request
  const failed = isFailure(request)
  const bar = element('span.bar', { style: `width: ${Math.round((ms / longest) * 56)}px` })
  return element(
    failed ? 'tr.failed' : 'tr',
    {},
    element('td', {}, badge(status === 0 ? 'no answer' : String(status), badgeOf(request))),
    element('td.path', {}, path),
    element('td.time', {}, element('div', {}, bar, element('span.ms', {}, duration(ms)))),
  )
}

function badgeOf(request: RequestReport): Badge {
  if (isFailure(request)) return 'red'
  return request.status === 200 ? 'green' : 'gray'
}

function badge(text: string, style: Badge): HTMLElement {
  return element('astro-dev-toolbar-badge', { 'badge-style': style, size: 'large' }, text)
}
