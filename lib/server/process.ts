import { type Application, startApplication } from './deps.ts'

/** How long a stop may take before the process ends anyway; the queue gives other replicas what is left. */
const STOP_WITHIN_MS = 8_000

/**
 * Starts the application and ends it in order on SIGTERM or SIGINT: open streams are closed (Next waits for
 * them), the workers finish or hand back their jobs, the pools close.
 */
export function startInProcess(): void {
  const application = startOrExit()
  let isStopping = false
  const stop = () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref()
    void application.stop().finally(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** Next would go on with a wrong configuration and answer every request with 500. */
function startOrExit(): Application {
  try {
    return startApplication()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}
