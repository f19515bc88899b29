// `npm run dev`: pages that reload, and beside them the engine in a process of its own that starts again when its code
// changes, so that an edit of a page does not stop a rollback.
import { fileURLToPath } from 'node:url'
import { launch, next } from './launch.mjs'

const engine = fileURLToPath(new URL('./engine-watch.mjs', import.meta.url))
await launch({
  programs: (port) => [
    { args: [next, 'dev', '--port', String(port)], env: { ENGINE: 'apart' } },
    { args: [engine], env: { ENGINE: 'in-process' } },
  ],
})
