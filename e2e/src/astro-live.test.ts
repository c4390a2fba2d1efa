import { describeLive } from './specs/live.ts'
import { describeLiveAttacks } from './specs/live-attacks.ts'
import { describePreviewPath } from './specs/preview-path.ts'
import { useSite } from './support/site.ts'

const site = useSite('astro', 'production')

describeLive(site)
describePreviewPath(site)
describeLiveAttacks(site)
