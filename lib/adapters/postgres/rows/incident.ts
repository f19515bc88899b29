import type { OnsetSource } from '../../../core/clocks.ts'
import type { Incident, IncidentOutcome } from '../../../core/incident.ts'
import type { Incident as IncidentRow, Workload as WorkloadRow } from '../generated/client.ts'
import { toInstant } from './instant.ts'
import { toWorkloadRef } from './workload.ts'

export function toIncident(row: IncidentRow & { workload: WorkloadRow }): Incident {
  return {
    id: row.id,
    version: row.version,
    workloadId: row.workloadId,
    workload: toWorkloadRef(row.workload),
    openedAt: toInstant(row.openedAt),
    startedAt: toInstant(row.startedAt),
    startedAtSource: row.startedAtSource as OnsetSource,
    closedAt: toInstant(row.closedAt),
    outcome: row.outcome as IncidentOutcome | null,
  }
}
