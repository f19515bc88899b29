import type { Log } from '../ports.ts'

/** What a process said, for tests that look at it. */
export interface RecordedLog extends Log {
  lines: { level: string; event: string; fields: Record<string, unknown> }[]
}

export function recordLog(): RecordedLog {
  const lines: RecordedLog['lines'] = []
  const at =
    (level: string) =>
    (event: string, fields: Record<string, unknown> = {}): void =>
      void lines.push({ level, event, fields })
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
