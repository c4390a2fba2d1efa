import type { ContentProblem } from './errors.js'
import { readObjects } from './fields.js'
import type { FieldReader } from './fields.js'
import type { ContentDatasource } from './types.js'

/** Reads the array of `datasources.json`; what has no id gets the next free one. */
export function readDatasources(data: unknown, file: string, problems: ContentProblem[]): ContentDatasource[] {
  const ids = { datasource: new Ids(), dimension: new Ids(), entry: new Ids() }
  const read = (value: unknown, prefix: string): FieldReader[] => readObjects(value, file, prefix, problems)
  return read(data, '').map((fields) => {
    const id = ids.datasource.next(fields.integer('id', 0))
    return {
      id,
      name: fields.string('name'),
      slug: fields.string('slug'),
      dimensions: read(fields.raw('dimensions') ?? [], `${fields.prefix}dimensions`).map((dimension) => ({
        id: ids.dimension.next(dimension.integer('id', 0)),
        name: dimension.string('name'),
        entry_value: dimension.string('entry_value'),
        datasource_id: id,
      })),
      entries: read(fields.raw('entries') ?? [], `${fields.prefix}entries`).map((entry) => ({
        id: ids.entry.next(entry.integer('id', 0)),
        name: entry.string('name'),
        value: entry.optionalString('value') ?? '',
        dimensions: entry.texts('dimension_values'),
      })),
    }
  })
}

/** Gives ids to what has none (0), beyond every id of pulled files so far and never twice. */
class Ids {
  #last = 0

  next(id: number): number {
    this.#last = Math.max(this.#last + (id === 0 ? 1 : 0), id)
    return id === 0 ? this.#last : id
  }
}
