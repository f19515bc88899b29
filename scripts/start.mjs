// `npm start`: the built application, on an embedded Postgres unless DATABASE_URL is set. Builds first if there is no build.
import { existsSync } from 'node:fs'
import { launch, next } from './launch.mjs'

const isBuilt = existsSync(new URL('../.next/BUILD_ID', import.meta.url))
if (!isBuilt) process.stderr.write('There is no build yet: building, which takes a minute\n')
await launch({
  first: isBuilt ? null : [next, 'build'],
  // The application ends itself in order (lib/server/process.ts); Next would end it as soon as no connection is open.
  programs: (port) => [{ args: [next, 'start', '--port', String(port)], env: { NEXT_MANUAL_SIG_HANDLE: '1' } }],
})
