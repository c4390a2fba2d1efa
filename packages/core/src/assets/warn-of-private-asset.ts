const warned = new Set<string>()

/** Tells once of each private asset why it is not shown. */
export function warnOfPrivateAsset(filename: string | null, isPrerendered: boolean): void {
  const key = `${isPrerendered} ${filename}`
  if (warned.has(key)) return
  warned.add(key)
  const reason = isPrerendered
    ? 'its page is prerendered, so everybody gets it, and a signed URL in it would expire. Render the page on demand'
    : 'the site has no endpoint for private assets. Add one, and name it in the option “privateAssets” of keyblok()'
  console.warn(`[keyblok] The private asset ${filename} is left out: ${reason}.`)
}
