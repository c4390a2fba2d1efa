import { describeLive } from './specs/live.ts'
import { useSite } from './support/site.ts'

const site = useSite('sveltekit', 'production')

describeLive(site)
