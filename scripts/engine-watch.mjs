// The engine in a process of its own, started again when its code changes. (`node --watch` outlives a killed parent.)
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { programGroup } from './program-group.mjs'

const lib = fileURLToPath(new URL('../lib', import.meta.url))
const engine = fileURLToPath(new URL('./engine.ts', import.meta.url))
/** An editor or a checkout writes many files at once. */
const SETTLES_WITHIN_MS = 200

const group = programGroup()
let isEnding = false
let isChanged = Promise.withResolvers()
let settling

const changes = watch(lib, { recursive: true }, (_, file) => {
  if (file === null || /\.test\.tsx?$/.test(file)) return
  clearTimeout(settling)
  settling = setTimeout(() => {
    group.end('SIGTERM')
    isChanged.resolve()
  }, SETTLES_WITHIN_MS)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isEnding = true
    changes.close()
    clearTimeout(settling)
    group.end(signal)
    isChanged.resolve()
  })
}

while (!isEnding) {
  isChanged = Promise.withResolvers()
  await group.start([engine])
  // One that fails waits for the code to be mended.
  await isChanged.promise
}
