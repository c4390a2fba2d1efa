import type { StoredBlok } from '../content/types.js'

/** What a story refers to. */
export interface References {
  /** The UUIDs or other words in a blok's field, by `component.field`. */
  relations: ReadonlyMap<string, readonly string[]>
  /** The UUIDs of the stories that it links to. */
  links: readonly string[]
  /** The ids of the assets that it shows. */
  assets: readonly number[]
}

/** What a story's UUID may look like, and hardly any text does. */
const identifier = /^[\w-]{1,64}$/

/** Collects what a story's content refers to: relations, links and assets, in nested bloks and rich text too. */
export function readReferences(content: StoredBlok): References {
  const relations = new Map<string, string[]>()
  const links = new Set<string>()
  const assets = new Set<number>()

  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const object = value as Record<string, unknown>
    if (typeof object['component'] === 'string' && '_uid' in object) addRelations(object, relations)
    if (object['linktype'] === 'story') {
      // A multilink field names its target `id`, a link mark in rich text `uuid`.
      const target = object['uuid'] ?? object['id']
      if (typeof target === 'string' && target !== '') links.add(target)
    }
    if (object['fieldtype'] === 'asset' && typeof object['id'] === 'number') assets.add(object['id'])
    for (const field in object) visit(object[field])
  }
  visit(content)
  return { relations, links: [...links], assets: [...assets] }
}

function addRelations(blok: Record<string, unknown>, relations: Map<string, string[]>): void {
  for (const [field, value] of Object.entries(blok)) {
    if (field.startsWith('_') || field === 'component') continue
    const words = (Array.isArray(value) ? value : [value]).filter(
      (word): word is string => typeof word === 'string' && identifier.test(word),
    )
    if (words.length === 0) continue
    const name = `${blok['component'] as string}.${field}`
    relations.set(name, [...(relations.get(name) ?? []), ...words])
  }
}
