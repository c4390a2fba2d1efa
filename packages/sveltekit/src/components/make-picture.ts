import { imageAttributes, makeImageAttributes } from '@keyblok/core'
import type { MakeAttributes } from './picture.js'

/** Makes the attributes of a picture. The server has checked the options; a visitor's browser need not do it again. */
export const makePicture: MakeAttributes = import.meta.env.DEV ? imageAttributes : makeImageAttributes
