import type { Blok, BlokPlace, Component, SchemaField } from './types.js'

const isBlok = (value: unknown): value is Blok =>
  typeof value === 'object' && value !== null && '_uid' in value && 'component' in value

/** Finds a blok in a story's content by its `_uid`, at any depth, in rich text too. */
export function findBlok(content: Blok, uid: string): BlokPlace | undefined {
  const root: BlokPlace = { blok: content, index: 0, trail: [] }
  root.trail = [root]
  return search(root, uid)
}

function search(place: BlokPlace, uid: string): BlokPlace | undefined {
  if (place.blok._uid === uid) return place
  for (const [field, value] of Object.entries(place.blok)) {
    for (const list of blokLists(value)) {
      for (const [index, blok] of list.entries()) {
        const child: BlokPlace = { blok, parent: place.blok, field, list, index, trail: [] }
        child.trail = [...place.trail, child]
        const found = search(child, uid)
        if (found) return found
      }
    }
  }
  return undefined
}

/** The lists of bloks in a field: its own, or those in its rich text. */
function blokLists(value: unknown): Blok[][] {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isBlok)) return [value]
    return value.flatMap(blokLists)
  }
  if (typeof value !== 'object' || value === null || isBlok(value)) return []
  return Object.values(value).flatMap(blokLists)
}

/** Moves a list's item by some places; past an end it stays. */
export function moveBlok(list: Blok[], index: number, by: number): void {
  const target = index + by
  if (target < 0 || target >= list.length) return
  const [blok] = list.splice(index, 1)
  if (blok) list.splice(target, 0, blok)
}

/** Copies a blok with all it holds; the copies have ids of their own. */
export function copyBlok(blok: Blok): Blok {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    const fields = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child)]))
    return isBlok(fields) ? { ...fields, _uid: crypto.randomUUID() } : fields
  }
  return copy(blok) as Blok
}

/** Makes an empty blok, with the defaults of its schema. */
export function createBlok({ name, schema }: Component): Blok {
  const defaults = Object.entries(schema).flatMap(([field, { default_value: value }]) =>
    value === undefined || value === null || value === '' ? [] : [[field, structuredClone(value)]],
  )
  return { _uid: crypto.randomUUID(), component: name, ...Object.fromEntries(defaults) }
}

/** Whether a field of bloks takes a component: by its name, its folder or its tags, where the field is restricted. */
export function isAllowed(component: Component, field: SchemaField): boolean {
  if (field.restrict_components === false) return component.is_nestable
  const {
    component_whitelist: names = [],
    component_group_whitelist: groups = [],
    component_tag_whitelist: tags = [],
  } = field
  if (field.restrict_type === 'groups' && groups.length > 0)
    return groups.includes(component.component_group_uuid ?? '')
  if (field.restrict_type === 'tags' && tags.length > 0)
    return component.internal_tag_ids.some((id) => tags.includes(Number(id)))
  return names.length > 0 ? names.includes(component.name) : component.is_nestable
}

/** The words that stand for a blok in a list: its first text. */
export function labelOf(blok: Blok): string {
  const text = Object.entries(blok).find(
    ([field, value]) => !field.startsWith('_') && field !== 'component' && typeof value === 'string' && value !== '',
  )
  return text ? String(text[1]).slice(0, 60) : ''
}

/** The key of a field's value in a language. */
export function fieldKey(field: string, language: string): string {
  return language === 'default' ? field : `${field}__i18n__${language.replaceAll('-', '_')}`
}
