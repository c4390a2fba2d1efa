import { describeDoctor } from './specs/doctor.ts'
import { describeDrafts } from './specs/drafts.ts'
import { describeEditors } from './specs/editors.ts'
import { describeFaults } from './specs/faults.ts'
import { describeLanguages } from './specs/languages.ts'
import { describeLiveAttacks } from './specs/live-attacks.ts'
import { describeLive } from './specs/live.ts'
import { describePages } from './specs/pages.ts'
import { describePreviewPath } from './specs/preview-path.ts'
import { describeSecrets } from './specs/secrets.ts'
import { describeSlugs } from './specs/slugs.ts'
import { useSite } from './support/site.ts'

const site = useSite('astro', 'production')

describePages(site)
describeLanguages(site)
describeDoctor(site)
describeDrafts(site)
describeEditors(site)
describeSecrets(site)
describeSlugs(site)
describeFaults(site)
describeLive(site)
describePreviewPath(site)
describeLiveAttacks(site)
