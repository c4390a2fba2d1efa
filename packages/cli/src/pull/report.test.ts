import { KeyblokError } from '@keyblok/core'
import { expect, it } from 'vitest'
import { DownloadError } from './download.js'
import { PullReport } from './report.js'

const failing = (reason: Error) => async (): Promise<never> => {
  throw reason
}

it('lists what fails alone, and goes on', async () => {
  const report = new PullReport()
  await report.attempt('stories', 'home', failing(new KeyblokError('KB_MANAGEMENT_REFUSED', 'It is gone.')))
  await report.attempt('assets', 'a.png', failing(new DownloadError('Its host answered 404.', false)))
  expect(report.problems).toMatchObject([
    { kind: 'stories', name: 'home', message: expect.stringContaining('It is gone.') },
    { kind: 'assets', name: 'a.png', message: 'Its host answered 404.' },
  ])
  expect(report.tallies).toMatchObject({ stories: { failed: 1 }, assets: { failed: 1 } })
})

it.each([
  new KeyblokError('KB_TOKEN_REFUSED', 'No.'),
  new KeyblokError('KB_ABORTED', 'Stopped.'),
  Object.assign(new Error('EACCES'), { syscall: 'open' }),
])('ends with what concerns all: %s', async (error) => {
  await expect(new PullReport().attempt('stories', 'home', failing(error))).rejects.toBe(error)
})

it('ends after ten failures in a row, which no ten stories have for themselves', async () => {
  const report = new PullReport()
  const outage = failing(new KeyblokError('KB_UPSTREAM_FAILED', 'It answered 500.'))
  for (let failed = 0; failed < 9; failed++) await report.attempt('stories', 'home', outage)
  await report.attempt('stories', 'home', () => Promise.resolve())
  for (let failed = 0; failed < 9; failed++) await report.attempt('stories', 'home', outage)
  await expect(report.attempt('stories', 'home', outage)).rejects.toThrow('KB_UPSTREAM_FAILED')
})
