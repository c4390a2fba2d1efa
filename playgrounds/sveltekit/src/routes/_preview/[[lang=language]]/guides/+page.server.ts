// Where editors see the list of guides, which is prerendered for visitors.
export { load } from '../../../[[lang=language]]/guides/+page.server.ts'
