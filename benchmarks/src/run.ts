// pnpm bench GROUP [--json]
import type { Figure } from './figure.ts'

const groups: Record<string, () => Promise<{ default: () => Promise<Figure[]> }>> = {
  core: () => import('./core.ts'),
  guard: () => import('./guard.ts'),
  space: () => import('./space.ts'),
  types: () => import('./types.ts'),
}

const [name = '', ...flags] = process.argv.slice(2)
const load = Object.hasOwn(groups, name) ? groups[name] : undefined
if (!load) {
  console.error(`Which group? One of: ${Object.keys(groups).join(', ')}`)
  process.exit(1)
}

const figures = await (await load()).default()
if (flags.includes('--json')) for (const figure of figures) console.log(JSON.stringify(figure))
else console.table(figures)
