// For servers: the client with the shape of Storyblok's own. Bundles for the browser refuse this entry.
export { createClient } from './compat/create-client.js'
