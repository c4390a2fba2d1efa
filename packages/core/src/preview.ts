// For servers: proves that the Visual Editor is asking. `receive` does it for whole requests.
export { findGrants } from './preview/grant.js'
export type { Grant, GrantDecision } from './preview/grant.js'
export { receive } from './preview/reception.js'
export type { Reception } from './preview/reception.js'
export { createPageTicket, verifyPageTicket } from './preview/page-ticket.js'
export type { PageTicket } from './preview/page-ticket.js'
export type { Session, SessionClaims } from './preview/session.js'
export type { Claims, PreviewSpace } from './preview/signed.js'
