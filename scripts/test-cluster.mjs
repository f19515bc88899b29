#!/usr/bin/env node
/**
 * Runs the cluster tests against what KUBECONFIG names or, when it is unset, against a control plane of scripts/cluster
 * that is started for them on free ports and stopped afterwards. Arguments go to Vitest:
 *
 *   npm run test:cluster -- story
 *
 * Ends with the plain line "N passed, N failed".
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { printSummary, runVitest } from './suite.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const cluster = path.join(project, 'scripts/cluster')
const cache = path.join(project, '.cache')
const PREFIX = 'test-cluster-'
/** Minutes that the cases may take, warm, on two cores. */
const BUDGET_MINUTES = 7
let tests = null

ensureKubectl()
const { kubeconfig, stop } = process.env.KUBECONFIG ? { kubeconfig: process.env.KUBECONFIG, stop() {} } : await start()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => tests?.kill(signal))
let outcomes
try {
  outcomes = await runTests(kubeconfig)
} finally {
  stop()
}
process.exitCode = printSummary(outcomes)

/** The cases that start the application need its build; it counts as one. */
async function runTests(kubeconfig) {
  process.env.KUBECONFIG = kubeconfig
  const built = await build()
  const args = process.argv.slice(2)
  const cases = await runVitest('cluster', {
    args,
    onStart: (child) => {
      tests = child
    },
  })
  return [built, { ...cases, budgetSeconds: BUDGET_MINUTES * 60 }]
}

async function start() {
  stopOrphans()
  mkdirSync(cache, { recursive: true })
  const state = mkdtempSync(path.join(cache, PREFIX))
  writeFileSync(path.join(state, 'owner.pid'), String(process.pid))
  const [api, etcd, peer, manager] = await freePorts(4)
  const env = {
    ...process.env,
    K8S_STATE_DIR: state,
    K8S_API_PORT: api,
    K8S_ETCD_PORT: etcd,
    K8S_ETCD_PEER_PORT: peer,
    K8S_CM_PORT: manager,
    K8S_FAKE_KUBELET: '1',
    FAKE_READY_MS: process.env.FAKE_READY_MS ?? '100',
  }
  const stop = () => stopControlPlane(state)
  const inherit = { env, stdio: 'inherit' }
  if (spawnSync(path.join(cluster, 'install.sh'), inherit).status !== 0) {
    rmSync(state, { recursive: true })
    fail('the control plane could not be built (see above). It needs Debian’s packages, so root, the first time; or set KUBECONFIG.')
  }
  if (spawnSync(path.join(cluster, 'up.sh'), inherit).status !== 0) {
    stop()
    fail('the control plane did not start (see above)')
  }
  return { kubeconfig: path.join(state, 'admin.kubeconfig'), stop }
}

/** By the pids that up.sh wrote down, and only if they are still its. */
function stopControlPlane(state) {
  execFileSync(path.join(cluster, 'down.sh'), { env: { ...process.env, K8S_STATE_DIR: state, K8S_WIPE: '2' }, stdio: 'inherit' })
}

/** What a run that was killed left behind. */
function stopOrphans() {
  for (const name of existsSync(cache) ? readdirSync(cache) : []) {
    const state = path.join(cache, name)
    if (name.startsWith(PREFIX) && !isAlive(ownerOf(state))) stopControlPlane(state)
  }
}

function ownerOf(state) {
  const file = path.join(state, 'owner.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
}

function isAlive(pid) {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** All held at once, so that no port is given twice. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer())
  await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))))
  const ports = servers.map((server) => String(server.address().port))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

function ensureKubectl() {
  if (spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0) return
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) {
    fail('kubectl is not there, and installing it (Debian: kubernetes-client) needs root')
  }
  const install = ['-qq', 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', 'kubernetes-client']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const isInstalled = [['-qq', 'update'], install].every((args) => spawnSync('apt-get', args, { env, stdio: 'inherit' }).status === 0)
  if (!isInstalled) fail('kubernetes-client could not be installed')
}

function fail(message) {
  process.stderr.write(`test:cluster: ${message}\n`)
  process.exit(1)
}
