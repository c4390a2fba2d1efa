import type { Catalogue } from './entry.js'

export type FileFindingId =
  | 'token-committed'
  | 'looks-like-token'
  | 'env-file-not-ignored'
  | 'env-file-readable'
  | 'token-in-output'
  | 'looks-like-token-in-output'
  | 'token-in-server-bundle'

/** Where tokens are kept, and where they must not be. */
export const fileFindings: Catalogue<FileFindingId> = {
  'token-committed': {
    severity: 'error',
    why: 'Whoever has the repository, or ever had it, has the token; deleting the line does not take it back.',
    fix: 'Replace it: `npx keyblok tokens rotate` for a preview token, `npx keyblok pat create` for a personal access token.',
  },
  'looks-like-token': {
    severity: 'warning',
    why: 'If it is one, whoever has the repository has it.',
    fix: 'Replace the token if it is one. What only looks like one, as in documentation, is left out by `--ignore "docs/**"`.',
  },
  'env-file-not-ignored': {
    severity: 'warning',
    why: 'The next `git add .` commits it, tokens included.',
    fix: 'Add its name to .gitignore.',
  },
  'env-file-readable': {
    severity: 'note',
    why: 'Every user of this machine can read the tokens in it.',
    fix: 'On a machine that several people use: `chmod 600` on the file.',
  },
  'token-in-output': {
    severity: 'error',
    why: 'Whoever opens the site that is deployed from it gets the token.',
    fix: 'Build again with `keyblok()` in the configuration: it names the source and the imports. Replace the token if this was deployed.',
  },
  'looks-like-token-in-output': {
    severity: 'warning',
    why: 'If it is a token, whoever opens the site has it.',
    fix: 'Find the source and read the token on the server. What only looks like one is left out by `--ignore "dist/**"`.',
  },
  'token-in-server-bundle': {
    severity: 'warning',
    why: 'The value is baked in: replacing the token needs a new build, and whoever gets the bundle has it.',
    fix: 'Read the variable when the site runs, not while it is built.',
  },
}
