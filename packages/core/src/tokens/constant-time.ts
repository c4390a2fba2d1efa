/** Compares two secrets in a time that depends on the length of the first only. */
export function equalInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let index = 0; index < a.length; index++) {
    difference |= a.charCodeAt(index) ^ b.charCodeAt(index % Math.max(1, b.length))
  }
  return difference === 0
}
