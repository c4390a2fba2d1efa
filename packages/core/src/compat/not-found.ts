/** What a read of something that is not there rejects with: the fields that Storyblok's own client gives. */
export class StoryblokNotFound extends Error {
  override readonly name = 'StoryblokNotFound'
  readonly status = 404
  readonly response = 'This record could not be found'

  constructor() {
    super('Not Found')
  }
}
