import { expect, test } from 'vitest'
import { problem } from '../contracts/problem.ts'
import { type ErrorCode, SnapbackError } from '../core/errors.ts'
import { problemResponse } from './problem.ts'

const CONTEXT = { instance: '/api/x', requestId: 'req-12345' }

test.each<[ErrorCode, number]>([
  ['invalid', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['conflict', 409],
  ['too_large', 413],
  ['unsupported_media_type', 415],
  ['upstream_unavailable', 502],
  ['storage_unavailable', 503],
])('%s is a problem with status %i', async (code, status) => {
  const response = problemResponse(new SnapbackError(code, 'what happened'), CONTEXT)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = problem.parse(await response.json())
  expect(body).toMatchObject({ ...CONTEXT, status, detail: 'what happened', type: `urn:snapback:problem:${code}` })
})

test('every field that was wrong is named', async () => {
  const fields = [{ path: 'alerts.0.labels', message: 'is missing' }]
  expect(await problemResponse(new SnapbackError('invalid', 'x', { fields }), CONTEXT).json()).toMatchObject({ errors: fields })
})

test('without the database the caller is told to come back', () => {
  expect(problemResponse(new SnapbackError('storage_unavailable', 'x'), CONTEXT).headers.get('retry-after')).toBe('5')
})

test('who is not signed in is told how', () => {
  expect(problemResponse(new SnapbackError('unauthenticated', 'x'), CONTEXT).headers.get('www-authenticate')).toBe('Bearer')
})

test.each([new Error('secret of ours'), 'secret of ours', { message: 'secret of ours' }])(
  'an error that nobody expected tells the request’s id and nothing else',
  async (error) => {
    const response = problemResponse(error, CONTEXT)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).toContain(CONTEXT.requestId)
    expect(text).not.toContain('secret of ours')
  },
)
