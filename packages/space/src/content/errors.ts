/** One thing that is wrong with a content folder. */
export interface ContentProblem {
  /** The file or folder, relative to the content folder. */
  file: string
  /** The path of the field inside the file, such as `content.component`; absent when the whole file is meant. */
  field?: string
  /** What is wrong, as a sentence without a full stop. */
  message: string
}

/**
 * Reports a content folder that cannot be seeded, with every problem found in it.
 *
 * Its `code` is `KB_SPACE_CONTENT_INVALID`.
 */
export class SpaceContentError extends Error {
  override readonly name = 'SpaceContentError'
  readonly code = 'KB_SPACE_CONTENT_INVALID'
  readonly hint: string
  readonly problems: readonly ContentProblem[]

  constructor(folder: string, problems: readonly ContentProblem[]) {
    super(`[keyblok] The content folder ${folder} cannot be read.\n${problems.map(formatProblem).join('\n')}`)
    this.problems = problems
    this.hint =
      'A content folder holds components/<space id>/components.json and one file per story in stories/<space id>/, ' +
      'as `storyblok components pull` and `storyblok stories pull` write them.'
  }
}

function formatProblem({ file, field, message }: ContentProblem): string {
  return `  - ${file}${field === undefined ? '' : `, field ${field}`}: ${message}`
}
