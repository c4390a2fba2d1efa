export { init } from '@keyblok/sveltekit/components'
