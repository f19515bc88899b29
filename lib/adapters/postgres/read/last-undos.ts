import type { LastUndo } from '../../../core/drift.ts'
import type { Owner } from '../../../core/owner.ts'
import type { RevisionRef } from '../../../core/workload.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toInstant } from '../rows/instant.ts'

interface Row {
  workload_id: string
  id: string
  incident_id: string | null
  undone_at: Date
  from_revision: RevisionRef
  to_revision: RevisionRef
  owner: Owner | null
}

/** The undo that changed each workload last, by id, with the owner of which its decision knew. */
export async function lastUndos(prisma: PrismaClient, workloadIds: string[]): Promise<Map<string, LastUndo>> {
  const rows = await prisma.$queryRaw<Row[]>`
    select distinct on (rollback.workload_id) rollback.workload_id, rollback.id, rollback.incident_id, rollback.undone_at,
      rollback.from_revision, rollback.to_revision, nullif(decision.facts #> '{workload,owner}', 'null'::jsonb) as owner
    from rollback join decision on decision.id = rollback.decision_id
    where rollback.workload_id = any(${workloadIds}::uuid[]) and rollback.undone_at is not null
    order by rollback.workload_id, rollback.undone_at desc, rollback.id desc`
  return new Map(rows.map((row) => [row.workload_id, toLastUndo(row)]))
}

function toLastUndo({ id, incident_id, undone_at, from_revision, to_revision, owner }: Row): LastUndo {
  return { rollbackId: id, incidentId: incident_id, undoneAt: toInstant(undone_at), from: from_revision, to: to_revision, owner }
}
