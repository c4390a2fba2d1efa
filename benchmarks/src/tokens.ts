/** Obvious fakes, in the shape of Storyblok's tokens. */
export const tokens = { public: 'fakePUBLICfakePUBLIC11tt', preview: 'fakePREVIEWfakePREVIEWtt' }
