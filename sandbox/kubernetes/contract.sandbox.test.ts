import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { clusterContract } from '../../lib/testing/cluster-contract.ts'
import { ApiWorld, type ClusterWorld } from '../../lib/testing/cluster-world.ts'
import { createWorld } from '../world.ts'
import { serveKubeApi } from './kube-api.ts'
import { writeKubeconfig } from './kubeconfig.ts'

clusterContract('the Kubernetes adapter on the sandbox', async (): Promise<ClusterWorld> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'))
  const kubeconfig = path.join(folder, 'kubeconfig.json')
  const quick = { startMs: 20, readyMs: 80, stopMs: 20, crashMs: 50 }
  const api = await serveKubeApi(createWorld({ timing: quick }), { port: 0, token: 'of-the-contract' })
  writeKubeconfig(kubeconfig, { url: api.url, token: 'of-the-contract' })
  const world = await ApiWorld.create(kubeconfig)
  return {
    kubeconfig,
    namespace: world.namespace,
    create: (resource, body) => world.create(resource, body),
    change: (name, body, resource) => world.change(name, body, resource),
    delete: (resource, name) => world.delete(resource, name),
    async remove() {
      await world.remove()
      await api.stop()
      rmSync(folder, { recursive: true })
    },
  }
})
