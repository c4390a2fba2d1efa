/** The event before the page shows what an editor did; whoever cancels it shows it in their own way. */
export const beforeUpdate = 'keyblok:before-update'
/** The event after it was shown. */
export const afterUpdate = 'keyblok:after-update'
