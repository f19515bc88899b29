import type { Deploy, DeploySource } from '../../../core/deploy.ts'
import type { WorkloadKind, WorkloadRef } from '../../../core/workload.ts'
import type { Deploy as DeployRow, Workload as WorkloadRow } from '../generated/client.ts'
import { toInstant } from './instant.ts'

export function toWorkloadRef({ namespace, kind, name }: Pick<WorkloadRow, 'namespace' | 'kind' | 'name'>): WorkloadRef {
  return { namespace, kind: kind as WorkloadKind, name }
}

export function toDeploy(row: DeployRow): Deploy {
  return {
    workloadId: row.workloadId,
    deploymentUid: row.deploymentUid,
    revision: {
      uid: row.revisionUid,
      hash: row.revisionHash,
      number: row.revisionNumber,
      templateFingerprint: row.templateFingerprint,
      materialFingerprint: row.materialFingerprint,
      images: row.images,
    },
    deployedAt: toInstant(row.deployedAt),
    source: row.source as DeploySource,
    completedAt: toInstant(row.completedAt),
  }
}
