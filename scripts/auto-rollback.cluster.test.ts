import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../lib/ports.ts'
import { at, ClusterHarness, present } from '../lib/testing/cluster-harness.ts'

const script = fileURLToPath(new URL('auto-rollback.sh', import.meta.url))

describe('auto-rollback.sh, for when Snapback is down', () => {
  let harness: ClusterHarness
  let cluster: Cluster
  beforeAll(async () => {
    harness = await ClusterHarness.create(process.env['KUBECONFIG'] ?? '')
    cluster = await harness.connect()
  })
  afterAll(() => harness?.remove())

  const wentBad = (name: string) => harness.deployAll(cluster, name, ['good:1', 'better:2', 'bad:3'], { annotations: { team: 'blue' } })
  const image = async (name: string) => at(await harness.get('deployments', name), 'spec', 'template', 'spec', 'containers', 0, 'image')
  const runs = (...args: string[]) => run('bash', [script, harness.namespace, ...args])
  /** The same with a terminal, at which someone types. */
  const typing = (text: string, ...args: string[]) =>
    run('script', ['--quiet', '--return', '--command', `bash ${script} ${harness.namespace} ${args.join(' ')}`, '/dev/null'], text)

  it('goes back to the named revision, waits for it and tells what to tell Snapback', async () => {
    await wentBad('named')
    const { code, stdout, stderr } = await runs('named', '--to-revision', '1', '--yes')
    expect({ code, image: await image('named') }).toEqual({ code: 0, image: 'good:1' })
    expect(stderr).toMatch(/ 3 .*bad:3 +<- current\n.* 2 .*better:2\n.* 1 .*good:1\n/)
    expect(stdout).toContain(`${harness.namespace}/named from revision 3 (bad:3) to revision 1 (good:1)`)
    expect(stdout).toContain('now counts it as revision 4')
    const state = await harness.untilRolledOut(cluster, 'named')
    expect(state.annotations).toMatchObject({ team: 'blue' })
    expect(cluster.revisions(state.ref).map(({ number, images }) => [number, images[0]])).toEqual([
      [4, 'good:1'],
      [3, 'bad:3'],
      [2, 'better:2'],
    ])
  })

  it('changes nothing in a dry run, nor without a revision, a yes or a known option', async () => {
    await wentBad('untouched')
    const before = await harness.get('deployments', 'untouched')
    expect(await runs('untouched', '--to-revision=2', '--dry-run')).toMatchObject({ code: 0, stdout: expect.stringContaining('Dry run') })
    expect(await runs('untouched', '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining('name the revision') })
    expect(await runs('untouched')).toMatchObject({ code: 2, stderr: expect.stringContaining('name the revision') })
    expect(await runs('untouched', '--to-revision', '2')).toMatchObject({ code: 2, stderr: expect.stringContaining('confirm with --yes') })
    expect(await runs('untouched', '--to-revision', 'previous')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('needs a number'),
    })
    expect(await runs('untouched', '--force')).toMatchObject({ code: 2, stderr: expect.stringContaining('unknown option --force') })
    expect(await runs('untouched', '--to-revision', '9', '--yes')).toMatchObject({ code: 3, stderr: expect.stringContaining('revision 9') })
    expect(await runs('untouched', '--to-revision', '3', '--yes')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('current already'),
    })
    expect(await runs('nobody', '--to-revision', '1', '--yes')).toMatchObject({ code: 3, stderr: expect.stringContaining('no Deployment') })
    expect(await harness.get('deployments', 'untouched')).toEqual(before)
  })

  it('asks at a terminal which revision, and whether', async () => {
    await wentBad('asked')
    expect(await typing('2\nn\n', 'asked')).toMatchObject({ code: 6 })
    expect(await image('asked')).toBe('bad:3')
    const { code, stdout } = await typing('2\ny\n', 'asked')
    expect({ code, image: await image('asked') }).toEqual({ code: 0, image: 'better:2' })
    expect(stdout).toContain('(no default)')
  })

  it('refuses a paused Deployment and says how to resume it', async () => {
    await wentBad('paused')
    await harness.change('paused', { spec: { paused: true } })
    const { code, stderr } = await runs('paused', '--to-revision', '1', '--yes')
    expect({ code, image: await image('paused') }).toEqual({ code: 4, image: 'bad:3' })
    expect(stderr).toContain('rollout resume deployment/paused')
  })

  it('says so when the rollout does not end in time', async () => {
    await harness.deployAll(cluster, 'stuck', ['good:1'])
    await harness.setImage('stuck', 'unready:2')
    await harness.setImage('stuck', 'good:3')
    await harness.untilRolledOut(cluster, 'stuck')
    const unready = present(cluster.revisions(harness.ref('stuck')).find(({ images }) => images[0] === 'unready:2'))
    const { code, stderr } = await runs('stuck', '--to-revision', String(unready.number), '--yes', '--timeout', '1')
    expect({ code, image: await image('stuck') }).toEqual({ code: 5, image: 'unready:2' })
    expect(stderr).toContain('rollout is not complete')
  })

  it('does not overwrite what was deployed while it ran', async () => {
    await wentBad('busy')
    // In front of kubectl: someone deploys right before the patch.
    const real = (await run('bash', ['-c', 'command -v kubectl'])).stdout.trim()
    const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-'))
    const deploys = `${real} -n ${harness.namespace} set image deployment/busy main=fixed:4 >/dev/null`
    writeFileSync(path.join(folder, 'kubectl'), `#!/bin/sh\ncase "$*" in *" patch "*) ${deploys} ;; esac\nexec ${real} "$@"\n`, {
      mode: 0o755,
    })
    const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` }
    const { code, stderr } = await run('bash', [script, harness.namespace, 'busy', '--to-revision', '1', '--yes'], '', env)
    rmSync(folder, { recursive: true })
    expect({ code, image: await image('busy') }).toEqual({ code: 4, image: 'fixed:4' })
    expect(stderr).toContain('was changed while this ran')
  })

  it('says so when the API server does not answer', async () => {
    const env = { ...process.env, KUBECONFIG: '/nonexistent/kubeconfig' }
    const { code, stderr } = await run('bash', [script, harness.namespace, 'any', '--to-revision', '1', '--yes'], '', env)
    expect(code).toBe(1)
    expect(stderr).toContain('auto-rollback: the API server did not give the Deployment')
  })
})

function run(command: string, args: string[], input = '', env = process.env) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(command, args, { env })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    // It may end before it has read anything.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
