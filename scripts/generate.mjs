// Generates the Prisma client. Prisma's CLI wants a native engine for this that it then does not use and that
// cannot be downloaded everywhere: any executable will do.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const node24 = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const prisma = fileURLToPath(new URL('../node_modules/prisma/build/index.js', import.meta.url))
const { status, stdout, stderr } = spawnSync(node24, [prisma, 'generate'], {
  cwd: root,
  encoding: 'utf8',
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: node24, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
})
if (status !== 0) {
  process.stderr.write(`prisma generate failed:\n${stdout}${stderr}\n`)
  process.exit(status ?? 1)
}
