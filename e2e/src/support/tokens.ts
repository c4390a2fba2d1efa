import type { LocalSpaceTokens } from '@keyblok/space'

/** Obvious fakes, in the shape of Storyblok's tokens. */
export const tokens: LocalSpaceTokens = {
  public: 'fakePUBLICfakePUBLIC11tt',
  preview: 'fakePREVIEWfakePREVIEWtt',
  asset: 'fakeASSETfakeASSETfakett',
  release: 'fakeRELEASEfakeRELEASEtt',
  personal: 'sb_pat_fakePERSONALfakePERSON1tt',
}

/** Tells which tokens stand in a text, as they are or encoded. */
export function tokensIn(text: string): string[] {
  return Object.entries(tokens)
    .filter(([, token]) => encodings(token as string).some((encoded) => text.includes(encoded)))
    .map(([kind]) => kind)
}

function encodings(token: string): string[] {
  // Inside a longer text base64 shifts; without its ends each of the three positions can be told.
  const shifted = ['', 'x', 'xx'].map((before) =>
    Buffer.from(before + token)
      .toString('base64')
      .slice(4, -4),
  )
  return [token, encodeURIComponent(token), Buffer.from(token).toString('hex'), ...shifted]
}
