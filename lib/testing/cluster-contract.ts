import { afterAll, beforeAll, describe } from 'vitest'
import { deployCases } from './cluster-contract-deploys.ts'
import { readCases } from './cluster-contract-reads.ts'
import { undoCases } from './cluster-contract-undo.ts'
import { ClusterHarness, present } from './cluster-harness.ts'

/**
 * What the adapter of the port `Cluster` has to do on anything that speaks Kubernetes: the same cases run on a real
 * control plane and, over the wire too, on whatever else plays one.
 *
 * @param kubeconfig path of a kubeconfig that may make namespaces
 */
export function clusterContract(name: string, kubeconfig: string): void {
  describe(name, () => {
    let harness: ClusterHarness | undefined
    beforeAll(async () => {
      harness = await ClusterHarness.create(kubeconfig)
    })
    afterAll(() => harness?.remove())

    readCases(() => present(harness))
    undoCases(() => present(harness))
    deployCases(() => present(harness))
  })
}
