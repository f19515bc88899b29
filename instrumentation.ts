/** Next calls this once per process, before the first request. It starts the engine and waits for nothing. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { startInProcess } = await import('./lib/server/process.ts')
  startInProcess()
}
