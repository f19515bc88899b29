// Loaded into what the launcher starts: a launcher that was killed must leave nothing behind that holds the port.
const HARD_AFTER_MS = 1_000

// Processes that Next starts inherit this file; only ours talks to the launcher.
if (process.env.LAUNCHER_PID === String(process.ppid)) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), HARD_AFTER_MS).unref()
  })
  process.channel?.unref()
}
