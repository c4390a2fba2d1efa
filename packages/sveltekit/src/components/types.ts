import type { WireBlok } from '@keyblok/core'

/** A blok as it comes to a page, which may be anything, with what its function gave. */
export type AnyBlok = Partial<Pick<WireBlok, '_uid' | '_editable'>> &
  Pick<WireBlok, 'component'> & { readonly _data?: { readonly data?: unknown; readonly failed?: string } }
