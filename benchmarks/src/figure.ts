/** A measured figure: the middle of its runs, and their spread. */
export interface Figure {
  /** Its permanent name, such as `core.read.cpu-vs-fetch`. */
  figure: string
  value: number
  min: number
  max: number
  unit: 'ratio' | 'bytes' | 'ms' | 'per-s' | 'count' | 'mb'
}

/** Sums several runs up. */
export function summarize(figure: string, unit: Figure['unit'], runs: readonly number[]): Figure {
  const sorted = runs.toSorted((a, b) => a - b)
  const round = (value = Number.NaN): number => {
    if (unit === 'ratio') return Number(value.toFixed(3))
    return unit === 'ms' ? Number(value.toPrecision(3)) : Math.round(value)
  }
  return {
    figure,
    value: round(sorted[Math.floor(sorted.length / 2)]),
    min: round(sorted[0]),
    max: round(sorted.at(-1)),
    unit,
  }
}
