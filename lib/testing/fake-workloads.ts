import { mergeDeploy, newestFirst } from '../core/deploy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Tx } from '../ports.ts'
import { type FakeTables, nextId } from './fake-tables.ts'

export function fakeWorkloads(tables: FakeTables): Pick<Tx, 'workloadId' | 'recordDeploy' | 'deploysOf'> {
  return {
    async workloadId(ref, at) {
      const known = tables.workloads.find((workload) => workloadKey(workload.ref) === workloadKey(ref))
      if (known) return known.id
      const id = nextId(tables)
      tables.workloads.push({ id, ref, firstSeenAt: at })
      return id
    },
    async recordDeploy(deploy) {
      workloadRef(tables, deploy.workloadId)
      const at = tables.deploys.findIndex(
        (one) => one.deploymentUid === deploy.deploymentUid && one.revision.number === deploy.revision.number,
      )
      const known = tables.deploys[at]
      if (known === undefined) tables.deploys.push(deploy)
      else tables.deploys[at] = mergeDeploy(known, deploy)
    },
    async deploysOf(workloadId) {
      return newestFirst(tables.deploys.filter((deploy) => deploy.workloadId === workloadId))
    },
  }
}

/** Throws where a foreign key would. */
export function workloadRef(tables: FakeTables, id: string): WorkloadRef {
  const workload = tables.workloads.find((one) => one.id === id)
  if (workload === undefined) throw new Error(`foreign key: there is no workload ${id}`)
  return workload.ref
}
