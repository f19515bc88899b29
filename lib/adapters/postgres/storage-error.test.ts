import { expect, test } from 'vitest'
import { SnapbackError } from '../../core/errors.ts'
import { storageError } from './storage-error.ts'

/** As pg, its sockets and Prisma throw them. */
function thrown(fields: object, message = 'something'): Error {
  return Object.assign(new Error(message), fields)
}

const byDriver = (cause: object) => thrown({ code: 'P2010', meta: { driverAdapterError: thrown({ cause }, 'DriverAdapterError') } })

test.each([
  ['the server is not there', thrown({ code: 'ECONNREFUSED' }), 'cannot be reached (ECONNREFUSED)'],
  ['several addresses, none answers', new AggregateError([thrown({ code: 'ECONNREFUSED' })]), 'cannot be reached (ECONNREFUSED)'],
  ['Prisma cannot reach it', thrown({ code: 'P1001' }), 'cannot be reached (P1001)'],
  [
    'the adapter cannot reach it for a statement of ours',
    byDriver({ kind: 'DatabaseNotReachable' }),
    'cannot be reached (DatabaseNotReachable)',
  ],
  ['the server is shutting down', byDriver({ originalCode: '57P01' }), 'the connection was lost (57P01)'],
  ['it broke off in the middle', new Error('Connection terminated unexpectedly'), 'the connection was lost'],
  ['no connection came free', new Error('timeout exceeded when trying to connect'), 'took too long'],
  ['the server went silent', new Error('Query read timeout'), 'took too long'],
  ['a statement took too long', byDriver({ originalCode: '57014' }), 'took too long (57014)'],
  ['a transaction took too long', thrown({ code: 'P2028' }), 'took too long (P2028)'],
  ['it is not migrated yet', thrown({ code: 'P2021' }), 'is not migrated yet (P2021)'],
  ['the queue is not migrated yet', byDriver({ originalCode: '42P01' }), 'is not migrated yet (42P01)'],
  ['the password is wrong', byDriver({ originalCode: '28P01' }), 'refused the connection (28P01)'],
  ['two transactions waited for each other', byDriver({ originalCode: '40P01' }), 'the transaction met another one (40P01)'],
  ['too many clients', thrown({ code: '53300' }), 'has no room left (53300)'],
])('%s: the store is unavailable, so that the sender comes again', (_, error, words) => {
  expect(storageError(error)).toMatchObject({ code: 'storage_unavailable', upstream: 'postgres', message: `postgres: ${words}` })
})

test('a broken unique constraint is a conflict that says what it is about', () => {
  const error = byDriver({ originalCode: '23505', constraint: { index: 'user_email_key' } })
  expect(storageError(error)).toMatchObject({ code: 'conflict', message: 'this address is taken' })
})

test('a constraint that nobody has put into words is named', () => {
  const error = thrown({ code: '23505', constraint: 'new_one_key' })
  expect(storageError(error)).toMatchObject({ code: 'conflict', message: expect.stringContaining('new_one_key') })
})

test('neither address, user nor password of the database is in what is thrown', () => {
  const cause = { kind: 'DatabaseNotReachable', host: 'db.internal', originalMessage: 'postgresql://snap:s3cret@db.internal/snap' }
  const error = storageError(thrown({ code: 'P1001', cause }, "Can't reach database server at db.internal:5432 as snap with s3cret"))
  expect(JSON.stringify([error, (error as Error).message, (error as Error).stack, (error as Error).cause])).not.toMatch(
    /s3cret|db\.internal/,
  )
})

test.each([
  ['our own errors', new SnapbackError('not_found', 'no rollback x')],
  ['a bug', new TypeError('x is not a function')],
  ['a broken foreign key', thrown({ code: 'P2003' })],
  ['no error at all', 'text'],
  ['nothing', undefined],
])('%s stay what they are', (_, error) => {
  expect(storageError(error)).toBe(error)
})
