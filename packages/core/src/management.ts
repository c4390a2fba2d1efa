// For tools: Storyblok's Management API. It takes a personal access token, which no site has.
export { Management } from './management/management.js'
export type { Json } from './json.js'
export type { ManagementList, ManagementOptions, ManagementRequest } from './management/management.js'
export { assetHosts } from './assets/asset-hosts.js'
export { managementUrl } from './management/management-url.js'
export { isLoopbackHost } from './tokens/loopback-host.js'
export { managementOrigins, regionOfSpace, regionOrigins, regions } from './tokens/region.js'
export type { Region } from './tokens/region.js'
