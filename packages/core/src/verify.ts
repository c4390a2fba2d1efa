// For servers and builds, at their start: asks the API whether tokens are what they should be.
export { verifyTokens } from './tokens/verify-tokens.js'
