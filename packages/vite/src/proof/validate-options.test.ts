import { expect, it } from 'vitest'
import type { GuardOptions } from './guard-options.js'
import { validateGuardOptions } from './validate-options.js'

const problemsOf = (guard: unknown): string => {
  try {
    validateGuardOptions(guard as GuardOptions)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

it.each<[unknown, string]>([
  [{ secret: ['A'] }, 'guard.secret is no option. There are: allow, secrets'],
  [{ secrets: 'SMTP_PASSWORD' }, 'guard.secrets has to be a list of texts.'],
  [{ secrets: ['fake!password'] }, 'guard.secrets has to name variables, not their values.'],
  [{ allow: ['pubic'] }, "guard.allow can only be ['public']"],
  [{ allow: ['preview'] }, "guard.allow can only be ['public']"],
  [{ server: 'fail' }, "guard.server has to be 'warn' or 'error'."],
  [{ strict: 'yes' }, 'guard.strict has to be true or false.'],
  [{ serverOnly: [''] }, 'guard.serverOnly has to be a list of texts.'],
])('refuses %j', (guard, problem) => {
  expect(problemsOf(guard)).toContain(problem)
})

it('tells all problems at once, and no value', () => {
  const message = problemsOf({ secrets: ['fake!password'], server: 'fail' })
  expect(message).toContain('guard.secrets')
  expect(message).toContain('guard.server')
  expect(message).not.toContain('fake!password')
})

it('takes what is right', () => {
  const guard: GuardOptions = {
    allow: ['public'],
    secrets: ['A_1'],
    serverOnly: ['src/**'],
    server: 'error',
    strict: undefined,
  }
  expect(problemsOf(guard)).toBe('')
})
