import { newestFirst } from '../../../core/deploy.ts'
import type { Tx } from '../../../ports.ts'
import { toDate } from '../rows/instant.ts'
import { toDeploy } from '../rows/workload.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

export function workloadQueries({ db, touched }: TxContext): Pick<Tx, 'workloadId' | 'recordDeploy' | 'deploysOf'> {
  return {
    async workloadId({ namespace, kind, name }, at) {
      const key = { namespace_kind_name: { namespace, kind, name } }
      const known = await db.workload.findUnique({ where: key, select: { id: true } })
      if (known) return known.id
      await db.workload.createMany({ data: { namespace, kind, name, firstSeenAt: toDate(at) }, skipDuplicates: true })
      const made = await db.workload.findUniqueOrThrow({ where: key, select: { id: true } })
      touch(touched, 'workload', made.id)
      return made.id
    },
    async recordDeploy({ workloadId, deploymentUid, revision, deployedAt, source, completedAt }) {
      // The rule is `mergeDeploy` of core/deploy.ts, in one statement so that replicas need no lock. A repeated
      // observation writes nothing.
      const changed = await db.$executeRaw`
        insert into deploy as known (
          id, workload_id, deployment_uid, revision_uid, revision_hash, revision_number, template_fingerprint,
          material_fingerprint, images, deployed_at, source, completed_at
        ) values (
          gen_random_uuid(), ${workloadId}::uuid, ${deploymentUid}, ${revision.uid}, ${revision.hash}, ${revision.number},
          ${revision.templateFingerprint}, ${revision.materialFingerprint}, ${revision.images}::text[],
          ${toDate(deployedAt)}::timestamptz, ${source}, ${toDate(completedAt)}::timestamptz
        )
        on conflict (deployment_uid, revision_number) do update set
          deployed_at = case
            when known.source = excluded.source then least(known.deployed_at, excluded.deployed_at)
            when excluded.source = 'watched' then excluded.deployed_at
            else known.deployed_at end,
          source = case when excluded.source = 'watched' then 'watched' else known.source end,
          completed_at = least(known.completed_at, excluded.completed_at)
        where (known.source = excluded.source and excluded.deployed_at < known.deployed_at)
          or (known.source <> 'watched' and excluded.source = 'watched')
          or excluded.completed_at < known.completed_at
          or (known.completed_at is null and excluded.completed_at is not null)`
      if (changed > 0) touch(touched, 'workload', workloadId)
    },
    async deploysOf(workloadId) {
      const rows = await db.deploy.findMany({ where: { workloadId } })
      return newestFirst(rows.map(toDeploy))
    },
  }
}
