/** Copies an object without one of its fields. */
export function omit<T extends object, K extends keyof T>(object: T, field: K): Omit<T, K> {
  const copy: Partial<T> = { ...object }
  delete copy[field]
  return copy as Omit<T, K>
}
