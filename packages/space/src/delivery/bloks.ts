import type { StoredBlok } from '../content/types.js'

/** Visits a root blok and every blok nested in it, rich text included. */
export function visitBloks(value: unknown, visit: (blok: StoredBlok) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visitBloks(item, visit)
  } else if (typeof value === 'object' && value !== null) {
    if (isBlok(value)) visit(value)
    // Without an array of the values: every story that is rendered comes through here.
    for (const field in value) visitBloks((value as Record<string, unknown>)[field], visit)
  }
}

function isBlok(value: object): value is StoredBlok {
  return 'component' in value && '_uid' in value && typeof value.component === 'string'
}
