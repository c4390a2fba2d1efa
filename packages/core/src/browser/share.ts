type Tree = Readonly<Record<string, unknown>>

/**
 * Gives a value in which every part that is as it was before is what it was before, so that a page has to look at nothing
 * but what changed. Bloks are told by their `_uid`, wherever they moved in their list.
 *
 * @param before - What is shown.
 * @param next - What is to be shown; it stays as it is.
 * @returns `before` itself when nothing changed.
 */
export function share<Value>(before: unknown, next: Value): Value {
  return shared(before, next) as Value
}

function shared(before: unknown, next: unknown): unknown {
  if (Object.is(before, next) || !isTree(before) || !isTree(next)) return next
  if (Array.isArray(before) !== Array.isArray(next)) return next
  return Array.isArray(next) ? sharedList(before as unknown as readonly unknown[], next) : sharedTree(before, next)
}

function sharedList(before: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byUid = new Map(before.map((item) => [uidOf(item), item]))
  const list = next.map((item, index) => {
    const uid = uidOf(item)
    return shared(uid === undefined ? before[index] : byUid.get(uid), item)
  })
  return list.length === before.length && list.every((item, index) => Object.is(item, before[index])) ? before : list
}

function sharedTree(before: Tree, next: Tree): Tree {
  const names = Object.keys(next)
  // A class has more to it than its fields.
  if (![before, next].every((tree) => Object.getPrototypeOf(tree) === Object.prototype)) return next
  const tree = Object.fromEntries(names.map((name) => [name, shared(before[name], next[name])]))
  const isSame =
    names.length === Object.keys(before).length &&
    names.every((name) => Object.hasOwn(before, name) && Object.is(tree[name], before[name]))
  return isSame ? before : tree
}

function uidOf(item: unknown): unknown {
  return isTree(item) ? item['_uid'] : undefined
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null
}
