const holdsSecret = /^STORYBLOK.*_(TOKEN|SECRET)$/

/** How examples write what is to be filled in. */
const placeholders =
  /^(<.*>|\[.*\]|\{.*\}|\$\{?\w+\}?|[x*.…_-]+|(?:paste|put|add|insert|enter|your|my|the|change|replace|example|sample|todo|tbd|token|secret)\b.*|change_?me|(?:.*[-_ ])?(?:token|secret|here|placeholder|example|me))$/i

/** Tells whether a variable for a secret holds what only stands in its place, as in `.env.example`. */
export function isPlaceholder(name: string, value: string): boolean {
  const text = value.trim()
  return holdsSecret.test(name) && text !== '' && placeholders.test(text)
}
