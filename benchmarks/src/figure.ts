/** A measured figure: the middle of its runs, and their spread. */
export interface Figure {
  /** Its permanent name, such as `core.read.cpu-vs-fetch`. */
  figure: string
  value: number
  min: number
  max: number
  unit: 'ratio' | 'bytes' | 'ms' | 'per-s' | 'count' | 'mb'
  /** What each side took, for people. */
  sides?: Sides
  /** Whether it is told for comparison: a line of the table, and no figure. */
  remark?: true
}

/** What is compared: Keyblok, Storyblok's own package, and the same without any CMS. */
export interface Sides {
  ours?: number
  theirs?: number
  limit?: number
}

/** Sums several runs up. */
export function summarize(figure: string, unit: Figure['unit'], runs: readonly number[], sides?: Sides): Figure {
  const sorted = runs.toSorted((a, b) => a - b)
  const round = (value = Number.NaN): number => {
    if (unit === 'ratio') return Number(value.toFixed(3))
    return unit === 'ms' ? Number(value.toPrecision(3)) : Math.round(value)
  }
  return {
    figure,
    value: round(middleOf(sorted)),
    min: round(sorted[0]),
    max: round(sorted.at(-1)),
    unit,
    ...(sides && { sides }),
  }
}

/** Gives the middle of several runs. */
export function middleOf(runs: readonly number[]): number {
  return runs.toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Number.NaN
}

/** Marks what has no figure to reach. */
export function remark(figure: Figure): Figure {
  return { ...figure, remark: true }
}
