import { paragraphsOf } from '../../../../content.js'

// Half of the page is its data, for the browser to take over.
export const load = () => ({ paragraphs: paragraphsOf('on-demand', 25_000) })
