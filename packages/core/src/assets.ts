// For servers: opens private assets with the asset token.
export { answerPrivateAsset } from './assets/private-asset.js'
export type { PrivateAssetOptions, RequestedAsset } from './assets/private-asset.js'
