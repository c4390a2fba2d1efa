import { keyblok } from '@keyblok/sveltekit'
import { configOf } from '../shared/config.js'

// While the API limits nobody, no side limits itself.
export default configOf(keyblok({ rateLimit: process.env.BENCH_RATE_LIMIT !== '0' }))
