import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { freePort } from '../lib/testing/free-port.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The demo as `npm run demo` starts it, to its end. */
async function demo(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; said: string }> {
  const data = mkdtempSync(path.join(tmpdir(), 'demo-'))
  folders.push(data)
  const child = spawn(path.join(ROOT, 'node_modules/.bin/node'), ['scripts/demo.ts', '--data', data, ...args], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(await freePort()), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('npm run demo -- --once', () => {
  it('tells a bad deploy from deployed to verified and ends with 0', async () => {
    const { code, said } = await demo(['--once'])
    expect(code, said).toBe(0)
    const words = ['deployed', 'it began', 'alerted', 'decided', 'undone', 'restored', 'mitigated', 'verified', 'succeeded']
    const found = words.map((word) => said.search(new RegExp(`s  ${word} `)))
    expect(found, said).toEqual([...found].sort((a, b) => a - b))
    expect(found, said).not.toContain(-1)
    expect(said).toMatch(/time to mitigate [\d.]+ s = detect/)
    expect(said).toContain('Put back and verified: checkout runs registry.example/checkout:2.8.0')
  })

  it('ends with 1 and says what held it where there is no revision to go back to, on the stand-ins of the sandbox', async () => {
    const { code, said } = await demo(['--once', '--without-target', '--stand-ins'])
    expect(code, said).toBe(1)
    expect(said).toContain('the sandbox plays them')
    expect(said).toContain('Not put back: held by the gate "target": no target')
  })

  it('names a port that is taken', async () => {
    const port = await freePort()
    const taken = createServer().listen(port)
    await once(taken, 'listening')
    const { code, said } = await demo(['--once'], { PORT: String(port) })
    taken.close()
    expect(code).toBe(1)
    expect(said).toContain(`port ${port} is taken`)
  })
})
