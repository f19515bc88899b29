import { expect, test } from 'vitest'
import { type JobRequest, soonestOfEach } from './job-request.ts'

const request = (id: string, runAt: number | null): JobRequest => ({ job: 'evaluate-alert', id, runAt })

test('of several requests for one row the soonest is kept; one without a time is the soonest', () => {
  expect(soonestOfEach([request('a', 9), request('a', 5), request('a', 7)])).toEqual([request('a', 5)])
  expect(soonestOfEach([request('a', 5), request('a', null)])).toEqual([request('a', null)])
  expect(soonestOfEach([request('a', null), request('a', 5)])).toEqual([request('a', null)])
})

test('the order is the same whoever asks', () => {
  const requests: JobRequest[] = [request('b', 1), { job: 'advance-rollback', id: 'z', runAt: 1 }, request('a', 1)]
  expect(soonestOfEach(requests)).toEqual(soonestOfEach(requests.toReversed()))
})
