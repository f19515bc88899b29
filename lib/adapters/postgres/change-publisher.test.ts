import { expect, test } from 'vitest'
import { until } from '../../testing/waiting.ts'
import { createPublisher, decode } from './change-publisher.ts'
import { type Touched, touch } from './touched.ts'

function touched(...pairs: ['rollback' | 'incident', string][]): Touched {
  const map: Touched = new Map()
  for (const [kind, id] of pairs) touch(map, kind, id)
  return map
}

/** A pool whose first answers are failures. */
function pool(failures = 0) {
  const payloads: string[] = []
  let left = failures
  const query = async (_: string, [, payload]: [string, string]) => {
    payloads.push(payload)
    if (left-- > 0) throw new Error('away')
  }
  return { payloads, pool: { query } as never }
}

test('what happens within the same moment is told once, each id once', async () => {
  const { payloads, pool: connection } = pool()
  const publisher = createPublisher(connection)
  publisher.publish(touched(['rollback', 'r1'], ['incident', 'i1']))
  publisher.publish(touched(['rollback', 'r1'], ['rollback', 'r2']))
  publisher.publish(touched())
  await until(() => payloads.length > 0)
  expect(payloads.map(decode)).toEqual([
    [
      { kind: 'rollback', ids: ['r1', 'r2'] },
      { kind: 'incident', ids: ['i1'] },
    ],
  ])
  await publisher.close()
})

test('what could not be told is told as "look at everything" once the database is back', async () => {
  const { payloads, pool: connection } = pool(1)
  const publisher = createPublisher(connection)
  publisher.publish(touched(['rollback', 'r1']))
  await until(() => payloads.length > 1)
  expect(decode(payloads[1] as string)).toEqual([{ kind: 'resync', ids: [] }])
  await publisher.close()
})

test('every notification fits into what Postgres takes', async () => {
  const { payloads, pool: connection } = pool()
  const publisher = createPublisher(connection)
  publisher.publish(
    touched(...Array.from({ length: 500 }, (_, index): ['rollback', string] => ['rollback', `id-${'x'.repeat(30)}-${index}`])),
  )
  await until(() => payloads.length > 0)
  expect(Buffer.byteLength(payloads[0] as string)).toBeLessThan(8_000)
  expect(decode(payloads[0] as string)).toEqual([{ kind: 'resync', ids: [] }])
  await publisher.close()
})

test('closing tells what is left, and tries no more when the database is away', async () => {
  const { payloads, pool: connection } = pool(9)
  const publisher = createPublisher(connection)
  publisher.publish(touched(['rollback', 'r1']))
  await publisher.close()
  expect(payloads.map(decode)).toEqual([[{ kind: 'rollback', ids: ['r1'] }]])
  await publisher.close()
  expect(decode(payloads.at(-1) as string)).toEqual([{ kind: 'resync', ids: [] }])
  expect(payloads).toHaveLength(2)
})

test.each([
  '',
  'no json',
  '17',
  'null',
  '[]',
  '{"kind":"rollback"}',
  '[null]',
  '[{"kind":"rollback"}]',
  '[{"kind":"toString","ids":[]}]',
  '[{"kind":"later","ids":["a"]}]',
  '[{"kind":"rollback","ids":["r1"]},{"kind":"rollback","ids":[1]}]',
  '[{"kind":"rollback","ids":"r1"}]',
])('"%s" on the channel is not ours: look at everything', (payload) => {
  expect(decode(payload)).toEqual([{ kind: 'resync', ids: [] }])
})

test('what else somebody put beside kind and ids goes no further', () => {
  expect(decode('[{"kind":"rollback","ids":["r1"],"script":"x"}]')).toEqual([{ kind: 'rollback', ids: ['r1'] }])
})
