import type { ContentProblem } from './errors.js'
import { FieldReader, isObject } from './fields.js'
import type { ContentDatasource, ContentDatasourceEntry, ContentDimension } from './types.js'

/** Reads the array of `datasources.json`; what has no id gets the next free one. */
export function readDatasources(data: unknown, file: string, problems: ContentProblem[]): ContentDatasource[] {
  const ids = { datasource: new Ids(), dimension: new Ids(), entry: new Ids() }
  const read = (value: unknown, prefix: string): FieldReader[] => readers(value, file, prefix, problems)
  return read(data, '').map((fields) => ({
    id: ids.datasource.next(fields.integer('id', 0)),
    name: fields.string('name'),
    slug: fields.string('slug'),
    dimensions: read(fields.raw('dimensions') ?? [], `${fields.prefix}dimensions`).map(
      (dimension): ContentDimension => ({
        id: ids.dimension.next(dimension.integer('id', 0)),
        name: dimension.string('name'),
        entryValue: dimension.string('entry_value'),
      }),
    ),
    entries: read(fields.raw('entries'), `${fields.prefix}entries`).map((entry): ContentDatasourceEntry => ({
      id: ids.entry.next(entry.integer('id', 0)),
      name: entry.string('name'),
      value: entry.optionalString('value') ?? '',
      dimensionValues: entry.texts('dimension_values'),
    })),
  }))
}

function readers(value: unknown, file: string, prefix: string, problems: ContentProblem[]): FieldReader[] {
  if (!Array.isArray(value)) {
    problems.push({ file, field: prefix || undefined, message: 'expected an array' })
    return []
  }
  return value.flatMap((item: unknown, index) => {
    const field = `${prefix}[${index}]`
    if (isObject(item)) return [new FieldReader(item, file, problems, `${field}.`)]
    problems.push({ file, field, message: 'expected an object' })
    return []
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
