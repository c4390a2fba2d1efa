import type { Answer } from '../answer.js'

/** Answers `GET /v2/cdn/experiments`: a local space runs none. */
export function listExperiments(): Answer {
  return { status: 200, body: { experiments: [] } }
}
