import { pageCount, paragraphsOf } from '../../../../content.js'

export const prerender = true
export const entries = () => Array.from({ length: pageCount }, (_, index) => ({ page: `page-${index}` }))
export const load = ({ params }) => ({ paragraphs: paragraphsOf(params.page, 5_000) })
