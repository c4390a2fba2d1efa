import { fileURLToPath } from 'node:url'

/** The content folder of the playgrounds. */
export const demoContent: string = fileURLToPath(new URL('../../playgrounds/content/space', import.meta.url))
