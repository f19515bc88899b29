import { afterAll, beforeAll, describe } from 'vitest'
import { answerCases } from './cluster-contract-answers.ts'
import { configCases } from './cluster-contract-configs.ts'
import { deployCases } from './cluster-contract-deploys.ts'
import { ownerCases } from './cluster-contract-owners.ts'
import { readCases } from './cluster-contract-reads.ts'
import { rolloutCases } from './cluster-contract-rollouts.ts'
import { undoCases } from './cluster-contract-undo.ts'
import { watchCases } from './cluster-contract-watches.ts'
import { ClusterHarness, present } from './cluster-harness.ts'
import type { ClusterWorld } from './cluster-world.ts'

/**
 * What the adapter of the port `Cluster` has to do on anything that speaks Kubernetes, and what that has to answer: the
 * same cases run on a real control plane and, over the wire too, on whatever else plays one. Each was written against
 * the real server first.
 *
 * To run it on another server, give it a `ClusterWorld` of that server (an address in a kubeconfig, and how objects get
 * in), in a file of any project with two minutes a case (`x.cluster.test.ts`, `x.http.test.ts`):
 *
 *     clusterContract('the Kubernetes adapter on the sandbox', () => SandboxWorld.start())
 *
 * The cases send to the server only what the adapter sends; everything else goes through the world.
 *
 * @param start gives a world with an empty namespace; its `remove` is called in the end
 */
export function clusterContract(name: string, start: () => Promise<ClusterWorld>): void {
  describe(name, () => {
    let harness: ClusterHarness | undefined
    beforeAll(async () => {
      harness = new ClusterHarness(await start())
    })
    afterAll(() => harness?.remove())

    readCases(() => present(harness))
    ownerCases(() => present(harness))
    configCases(() => present(harness))
    answerCases(() => present(harness))
    watchCases(() => present(harness))
    rolloutCases(() => present(harness))
    undoCases(() => present(harness))
    deployCases(() => present(harness))
  })
}
