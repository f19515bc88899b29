// `npm start`: the built application, on an embedded Postgres unless DATABASE_URL is set. Builds first if there is no build.
import { fileURLToPath } from 'node:url'
import { isBuilt } from './build.mjs'
import { launch, next } from './launch.mjs'

const hasBuild = isBuilt()
if (!hasBuild) process.stderr.write('There is no build yet: building, which takes a minute\n')
await launch({
  first: hasBuild ? null : [fileURLToPath(new URL('build.mjs', import.meta.url))],
  // The application ends itself in order (lib/server/process.ts); Next would end it as soon as no connection is open.
  programs: (port) => [{ args: [next, 'start', '--port', String(port)], env: { NEXT_MANUAL_SIG_HANDLE: '1' } }],
})
