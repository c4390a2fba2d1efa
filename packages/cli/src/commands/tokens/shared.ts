/** For a second space, whose variables begin otherwise. */
export const prefixArgument = {
  type: 'string',
  default: 'STORYBLOK',
  description: 'What the space’s variables begin with.',
} as const
