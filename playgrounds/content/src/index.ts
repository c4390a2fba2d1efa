export { formatDate } from './format-date.js'
export { linkHref, markHref } from './links.js'
export { navigation } from './navigation.js'
export type { NavigationItem } from './navigation.js'
