import type { Catalogue } from './entry.js'

export type PreviewFindingId =
  | 'preview-url-missing'
  | 'preview-url-invalid'
  | 'preview-url-http'
  | 'preview-url-local'
  | 'preview-default-local'
  | 'preview-site-down'

const where = 'in Storyblok under Settings → Visual Editor'

/** What is wrong with the preview addresses of a space. */
export const previewFindings: Catalogue<PreviewFindingId> = {
  'preview-url-missing': {
    severity: 'warning',
    why: 'The Visual Editor has no page to show.',
    fix: `Set the site’s address, ${where}.`,
  },
  'preview-url-invalid': {
    severity: 'error',
    why: 'The Visual Editor cannot open it.',
    fix: `Give a whole address, such as https://www.example.com/, ${where}.`,
  },
  'preview-url-http': {
    severity: 'error',
    why: 'The Visual Editor is an https page: browsers load no http page into it, and send the signature in the open.',
    fix: `Serve the site over https, and set that address, ${where}.`,
  },
  'preview-url-local': {
    severity: 'note',
    why: 'Chrome keeps app.storyblok.com from pages of your own machine until you allow it (Local Network Access): the frame stays blank.',
    fix: 'Allow it in the prompt, or by the icon beside the address. A tunnel with an https address needs no leave.',
  },
  'preview-default-local': {
    severity: 'warning',
    why: 'The editor opens the default address first, and nobody but you has a site there.',
    fix: `Make the deployed site the default, and keep the other as an additional preview address, ${where}.`,
  },
  'preview-site-down': {
    severity: 'warning',
    why: 'Editors see an error, or nothing, in the Visual Editor.',
    fix: `Deploy the site there, or correct the address ${where}.`,
  },
}
