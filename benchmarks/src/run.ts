// pnpm bench GROUP [--json] [--quick]
import type { Figure } from './figure.ts'

/** What a group is run with. */
export interface BenchOptions {
  /** Whether fewer rounds will do, to see that a group runs. */
  quick: boolean
}

const groups: Record<string, () => Promise<{ default: (options: BenchOptions) => Promise<Figure[]> }>> = {
  astro: () => import('./astro.ts'),
  core: () => import('./core.ts'),
  guard: () => import('./guard.ts'),
  preview: () => import('./preview.ts'),
  space: () => import('./space.ts'),
  sveltekit: () => import('./sveltekit.ts'),
  types: () => import('./types.ts'),
}

const [name = '', ...flags] = process.argv.slice(2)
const load = Object.hasOwn(groups, name) ? groups[name] : undefined
if (!load) {
  console.error(`Which group? One of: ${Object.keys(groups).join(', ')}`)
  process.exit(1)
}

const figures = await (await load()).default({ quick: flags.includes('--quick') })
if (flags.includes('--json')) {
  for (const { sides: _sides, remark, ...figure } of figures) if (!remark) console.log(JSON.stringify(figure))
} else {
  console.table(figures.map(({ sides, remark: _remark, ...figure }) => ({ ...figure, ...sides })))
}
