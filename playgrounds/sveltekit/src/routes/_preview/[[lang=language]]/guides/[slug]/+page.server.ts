// Where editors see the guides, which are prerendered for visitors.
export { load } from '../../../../[[lang=language]]/guides/[slug]/+page.server.ts'
