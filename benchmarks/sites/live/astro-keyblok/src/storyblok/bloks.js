import Page from '../components/Page.astro'
import Row from '../components/Row.astro'

export default { page: Page, row: Row }
