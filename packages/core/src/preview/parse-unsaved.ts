import type { UnsavedStory } from '../stories/unsaved-content.js'

/** How deep content may be nested. */
const deepest = 200
/** Names that mean something else to JavaScript than a field. */
const refusedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Why unsaved content is refused. */
export interface Refusal {
  refused: string
}

/**
 * Reads the unsaved story that a page sent.
 *
 * @param text - Its JSON: `{ story: { id, content, name?, tag_list? } }`.
 * @param components - The names of the space's components, where they are known.
 */
export function parseUnsaved(
  text: string,
  spaceId: number,
  components: ReadonlySet<string> | undefined,
): UnsavedStory | Refusal {
  const story = (parse(text) as { story?: Partial<UnsavedStory> | null } | null | undefined)?.story
  const { id, content, name, tag_list: tags } = story ?? {}
  if (!Number.isSafeInteger(id) || typeof content !== 'object' || content === null || Array.isArray(content)) {
    return { refused: 'It is no story with an id and content.' }
  }
  const problem = findProblem(content, components)
  if (problem !== undefined) return { refused: problem }
  return {
    id: id as number,
    spaceId,
    content,
    name: typeof name === 'string' ? name : undefined,
    tag_list: Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Goes down level by level: what is nested too deeply must not end the process. */
function findProblem(content: object, components: ReadonlySet<string> | undefined): string | undefined {
  let level: object[] = [content]
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepest) return `It is nested more than ${deepest} levels deep.`
    const next: object[] = []
    for (const object of level) {
      if (!Array.isArray(object)) {
        const problem = problemOf(object, components)
        if (problem !== undefined) return problem
      }
      for (const value of Object.values(object) as unknown[]) {
        if (typeof value === 'object' && value !== null) next.push(value)
      }
    }
    level = next
  }
  return undefined
}

function problemOf(object: object, components: ReadonlySet<string> | undefined): string | undefined {
  const name = Object.keys(object).find((key) => refusedNames.has(key))
  if (name !== undefined) return `It has a field that is called ${name}.`
  const { component, _uid: uid } = object as { component?: unknown; _uid?: unknown }
  const isBlok = typeof component === 'string' && uid !== undefined
  return isBlok && components && !components.has(component) ? 'It has a component that the space has not.' : undefined
}
