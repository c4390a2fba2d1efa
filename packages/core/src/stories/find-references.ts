type Tree = Readonly<Record<string, unknown>>

/** The UUIDs of stories that content refers to. */
export interface FoundReferences {
  /** In the fields that are relations. */
  relations: Set<string>
  /** In links. */
  links: Set<string>
}

/**
 * Finds the stories that content as delivered refers to.
 *
 * @param relations - The fields that are relations, as `component.field`.
 */
export function findReferences(content: unknown, relations: readonly string[]): FoundReferences {
  const fields = new Set(relations)
  const found: FoundReferences = { relations: new Set(), links: new Set() }
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (!Array.isArray(value)) findIn(value as Tree, fields, found)
    for (const inner of Object.values(value)) visit(inner)
  }
  visit(content)
  return found
}

function findIn(object: Tree, fields: ReadonlySet<string>, found: FoundReferences): void {
  for (const [name, value] of Object.entries(object)) {
    if (!fields.has(`${String(object['component'])}.${name}`)) continue
    for (const item of [value].flat()) if (isUuid(item)) found.relations.add(item)
  }
  // A link field names its story `id`, a link in rich text `uuid`.
  const linked = object['uuid'] || object['id']
  if (object['linktype'] === 'story' && isUuid(linked)) found.links.add(linked)
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}
