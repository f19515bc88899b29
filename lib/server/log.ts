import { type DestinationStream, pino } from 'pino'
import type { Log } from '../ports.ts'
import { redact } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** One JSON object a line on standard output: `time`, `level`, `event` and the fields, secrets taken out. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'event',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  const logger = destination ? pino(options, destination) : pino(options)
  return {
    debug: (event, fields) => logger.debug(redact(fields ?? {}), event),
    info: (event, fields) => logger.info(redact(fields ?? {}), event),
    warn: (event, fields) => logger.warn(redact(fields ?? {}), event),
    error: (event, fields) => logger.error(redact(fields ?? {}), event),
  }
}
