import { configOf } from '../shared/config.js'

export default configOf()
