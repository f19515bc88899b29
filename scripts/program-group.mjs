// Programs that are started and ended together. Each dies with this process, however it ends.
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const PRELOAD = new URL('./end-with-launcher.mjs', import.meta.url).href
/** The application gives itself 8 s. */
const ENDS_WITHIN_MS = 15_000

/**
 * @typedef {object} ProgramGroup
 * @property {(args: string[], env?: NodeJS.ProcessEnv, output?: string) => Promise<number>} start a Node program, its output in a file if
 *   one is named; its exit code when it has ended
 * @property {(signal: NodeJS.Signals) => void} end every one of them, by SIGKILL if that takes too long
 */

/** @returns {ProgramGroup} */
export function programGroup() {
  const running = new Set()
  return {
    start(args, env = process.env, output) {
      const out = output === undefined ? 'inherit' : openSync(output, 'a', 0o600)
      const child = spawn(process.execPath, ['--import', PRELOAD, ...args], {
        cwd: root,
        env: { NEXT_TELEMETRY_DISABLED: '1', ...env, LAUNCHER_PID: String(process.pid) },
        stdio: ['inherit', out, out, 'ipc'],
      })
      if (typeof out === 'number') closeSync(out)
      running.add(child)
      return new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('exit', (code, signal) => {
          running.delete(child)
          resolve(code ?? 128 + constants.signals[signal])
        })
      })
    },
    end(signal) {
      const ending = [...running]
      for (const child of ending) child.kill(signal)
      const hard = setTimeout(() => {
        for (const child of ending) child.kill('SIGKILL')
      }, ENDS_WITHIN_MS)
      hard.unref()
    },
  }
}
