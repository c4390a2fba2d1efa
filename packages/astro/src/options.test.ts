import { describe, expect, it } from 'vitest'
import { validateOptions } from './options.js'
import type { KeyblokOptions } from './options.js'

const problemsOf = (options: unknown): string => {
  try {
    validateOptions(options as KeyblokOptions)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('the options', () => {
  it.each<[unknown, string]>([
    [{ token: 'x' }, 'token is no option. There are: space, region'],
    [{ space: '123' }, 'space has to be a whole number.'],
    [{ region: 'au' }, "region has to be 'eu', 'us', 'ca', 'ap', or 'cn'."],
    [{ bloks: '' }, 'bloks has to be a text.'],
    [{ drafts: 'all' }, "drafts has to be 'granted' or 'everyone'."],
    [{ webhook: 'hook' }, 'webhook has to be a path such as /storyblok.'],
    [{ webhook: '/[slug]' }, 'webhook has to be a path'],
    [{ spaces: ['DOCS'] }, 'spaces has to be a list of prefixes that begin with STORYBLOK.'],
    [{ privateAssets: 'assets' }, 'privateAssets has to be a path'],
    [{ images: { service: 1 } }, 'images.service has to be true or false.'],
    [{ preview: { onDemand: true } }, 'preview.onDemand has to be a function.'],
    [{ preview: true }, 'preview has to be an object.'],
    [{ types: { folder: 'x' } }, 'types.folder is no option. There are: content, out.'],
    [{ guard: { strict: 'yes' } }, 'guard.strict has to be true or false.'],
    ['keyblok', 'The options have to be an object.'],
  ])('refuse %j', (options, problem) => {
    expect(problemsOf(options)).toContain(problem)
  })

  it('are refused with all problems at once, and no value', () => {
    const message = problemsOf({ space: 'fake!token', region: 'fake!region', guard: { server: 'fail' } })
    expect(message.match(/^ {2}- /gm)).toHaveLength(3)
    expect(message).not.toContain('fake!')
  })

  it('are all optional', () => {
    const options: KeyblokOptions = {
      space: 123,
      region: 'us',
      bloks: 'src/bloks',
      stories: 'src/stories.ts',
      preview: { onDemand: () => true },
      drafts: 'granted',
      images: { service: true },
      privateAssets: '/assets',
      webhook: '/storyblok/webhook',
      toolbar: false,
      guard: { strict: true },
      spaces: ['STORYBLOK_DOCS'],
      types: false,
    }
    expect([problemsOf({}), problemsOf(options), problemsOf({ preview: false, types: undefined })]).toEqual([
      '',
      '',
      '',
    ])
  })
})
