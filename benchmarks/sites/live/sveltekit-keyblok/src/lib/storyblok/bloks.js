import Page from '#lib/components/Page.svelte'
import Row from '#lib/components/Row.svelte'

export default { page: Page, row: Row }
