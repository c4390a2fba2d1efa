// Compiles each `@example` of the packages' public documentation, as a site would write it.
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { repository } from './lib/playground.ts'

const example = /@example\n((?:\s*\*.*\n)*?\s*\*\s*```\w*\n((?:\s*\*.*\n)*?)\s*\*\s*```)/g

const folders = new Set<string>()
let examples = 0
for (const file of globSync('packages/*/src/**/*.ts', { cwd: repository })) {
  const source = readFileSync(join(repository, file), 'utf8')
  for (const [index, match] of [...source.matchAll(example)].entries()) {
    const code = (match[2] ?? '').replaceAll(/^\s*\* ?/gm, '')
    const folder = join(repository, file.split(/[\\/]/).slice(0, 2).join('/'), '.examples')
    if (!folders.has(folder)) startFolder(folder)
    folders.add(folder)
    writeFileSync(join(folder, `${basename(file, '.ts')}-${index}.ts`), code)
    examples++
  }
}
if (examples === 0) throw new Error('No example was found.')

const failures = [...folders].filter((folder) => !compiles(folder))
for (const folder of folders) rmSync(folder, { recursive: true })
console.log(`${examples} examples, ${failures.length === 0 ? 'all compile' : 'not all compile'}`)
process.exitCode = failures.length

/** Makes a folder beside a package's sources, from where the package finds itself by its name. */
function startFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const compilerOptions = { isolatedDeclarations: false, lib: ['ES2024', 'DOM', 'DOM.Iterable'], types: ['node'] }
  const config = { extends: '../../../tsconfig.base.json', compilerOptions, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  // What sites have from their integration.
  const component = 'const Component: (props: any) => unknown\n  export default Component'
  writeFileSync(join(folder, 'components.d.ts'), `declare module '*.astro' {\n  ${component}\n}\n`)
}

function compiles(folder: string): boolean {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc')
  return spawnSync(process.execPath, [tsc, '--project', folder], { stdio: 'inherit' }).status === 0
}
