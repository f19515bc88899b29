import { writeFileSync } from 'node:fs'
import type { KillPoint } from '../core/kill-point.ts'

/**
 * For tests of durability: the process dies by SIGKILL the first time that any replica reaches the point.
 * Who can create the file is the one to die.
 */
export function killPoint(configured: { at: string; onceFile: string } | null): (point: KillPoint) => void {
  if (configured === null) return () => {}
  return (point) => {
    if (point !== configured.at) return
    try {
      writeFileSync(configured.onceFile, point, { flag: 'wx' })
    } catch {
      return
    }
    process.kill(process.pid, 'SIGKILL')
  }
}
