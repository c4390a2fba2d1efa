/** Gives each blok a name for its component's file, as `HeroTeaser` for `hero_teaser`, and no two the same. */
export function componentNames(bloks: readonly string[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    bloks.map((blok) => {
      const name = pascalCase(blok)
      // File systems that ignore case would take two such files for one.
      let unique = name
      for (let number = 2; taken.has(unique.toLowerCase()); number++) unique = `${name}${number}`
      taken.add(unique.toLowerCase())
      return [blok, unique]
    }),
  )
}

function pascalCase(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[A-Z]/.test(name) ? name : `Blok${name}`
}
