import { expect, test } from 'vitest'
import { createLog, type LogLevel } from './log.ts'

function linesOf(level: LogLevel, write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(createLog(level, { write: (line) => void lines.push(line) }))
  return lines.map((line) => JSON.parse(line))
}

test('a line is one JSON object with time, level, event and fields', () => {
  const [line] = linesOf('info', (log) => log.info('request', { status: 200 }))
  expect(line).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), event: 'request', status: 200 })
})

test('what is below the level is not written', () => {
  const lines = linesOf('warn', (log) => {
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
  })
  expect(lines.map(({ event }) => event)).toEqual(['c', 'd'])
})

test('secrets are taken out', () => {
  const [line] = linesOf('info', (log) => log.info('x', { headers: { authorization: 'Bearer abc' }, url: 'postgres://u:p@db/x' }))
  expect(line).toMatchObject({ headers: { authorization: '[redacted]' }, url: 'postgres://[redacted]@db/x' })
})
