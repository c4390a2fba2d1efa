import { KeyblokError } from '@keyblok/core'
import type { Storyblok } from '@keyblok/core/server'
import { experimental_AstroContainer as AstroContainer } from 'astro/container'
import type { AstroContainerOptions, ContainerRenderOptions } from 'astro/container'

export { fakeBlok, fakeStory } from '@keyblok/core/testing'
export type { FakeFields } from '@keyblok/core/testing'

/** An Astro component, with the props that it takes. */
type AstroComponent<Props> = (props: Props) => unknown

/** What surrounds the component in a test. */
export interface RenderBlokOptions
  extends Pick<ContainerRenderOptions, 'slots' | 'request' | 'params'>, Pick<AstroContainerOptions, 'renderers'> {
  /** What `Astro.locals.storyblok` is, for a component that reads. */
  storyblok?: Partial<Storyblok>
  /** What else is in `Astro.locals`. */
  locals?: Record<string, unknown>
}

/**
 * Renders a component for a test, as Astro does: in Vitest, with the project's configuration by `getViteConfig`.
 *
 * @param Component - The component.
 * @param props - Its props, of which `blok` is one.
 * @returns Its HTML, without the marks of the dev toolbar.
 *
 * @example
 * ```ts
 * import { fakeBlok, renderBlok } from '@keyblok/astro/testing'
 * import { expect, it } from 'vitest'
 * import Teaser from './Teaser.astro'
 *
 * it('shows the headline', async () => {
 *   const html = await renderBlok(Teaser, { blok: fakeBlok('teaser', { headline: 'Hello' }) })
 *   expect(html).toContain('Hello')
 * })
 * ```
 */
export async function renderBlok<Props extends Record<string, unknown>>(
  Component: AstroComponent<Props>,
  props: Props,
  { storyblok = unread, locals, renderers, ...options }: RenderBlokOptions = {},
): Promise<string> {
  const container = await AstroContainer.create({ renderers })
  const surroundings = { ...options, props, locals: { ...locals, storyblok } as never }
  const html = await container.renderToString(Component as never, surroundings)
  return html.replace(sourceAttributes, '')
}

/** What Astro's dev toolbar finds the source of an element by. */
const sourceAttributes = / data-astro-source-(?:file|loc)="[^"]*"/g

/** A component that reads says so, rather than failing on something undefined. */
const unread = new Proxy<Partial<Storyblok>>(
  {},
  {
    get(_target, name) {
      throw new KeyblokError(
        'KB_CONFIGURATION_INVALID',
        `The component reads Astro.locals.storyblok.${String(name)}.`,
        {
          hint: 'Give the test something to read: renderBlok(Component, props, { storyblok: { story: async () => … } }).',
        },
      )
    },
  },
)
