import { readProjectFile } from '../project/file-edits.js'
import type { FileEdit } from '../project/file-edits.js'

const example = `# Copy this to .env, which git ignores. All of it stays on the server.
# The number in the address of the space in Storyblok: app.storyblok.com/#/me/spaces/<number>
STORYBLOK_SPACE_ID=
# Settings → Access tokens: a token “Public” reads what is published, a token “Preview” drafts too.
STORYBLOK_PUBLIC_TOKEN=
STORYBLOK_PREVIEW_TOKEN=
# Only for the region China, which the space’s id does not tell.
# STORYBLOK_REGION=cn
# A local space: npx keyblok space
# STORYBLOK_API_URL=http://127.0.0.1:4110
# For \`npx keyblok types --api\`, \`tokens\` and \`pull\`; no site needs it.
# STORYBLOK_PERSONAL_ACCESS_TOKEN=
`

/** `.env.example` names the variables, and `.gitignore` keeps their values out of git. */
export function environmentFiles(folder: string): FileEdit[] {
  const exampleNow = readProjectFile(folder, '.env.example')
  const hasVariables = exampleNow?.includes('STORYBLOK_PUBLIC_TOKEN')
  return [
    {
      file: '.env.example',
      before: exampleNow,
      after: hasVariables ? exampleNow : [exampleNow?.trimEnd(), example].filter(Boolean).join('\n\n'),
    },
    gitignoreEdit(folder, ['.env', '.env.*', '!.env.example', '.keyblok', '.storyblok/*.sqlite*']),
  ]
}

/** Adds lines to `.gitignore` that are not in it. */
function gitignoreEdit(folder: string, wanted: readonly string[]): FileEdit {
  const before = readProjectFile(folder, '.gitignore')
  const lines = new Set((before ?? '').split(/\r?\n/).map((line) => line.trim().replace(/^\//, '')))
  const missing = wanted.filter((line) => !lines.has(line))
  if (missing.length === 0) return { file: '.gitignore', before, after: before }
  const start = before === undefined || before === '' ? '' : `${before.trimEnd()}\n\n`
  return { file: '.gitignore', before, after: `${start}# Keyblok\n${missing.join('\n')}\n` }
}
