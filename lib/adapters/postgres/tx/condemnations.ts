import type { Tx } from '../../../ports.ts'
import { toCondemnation } from '../rows/condemnation.ts'
import { toDate } from '../rows/instant.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

export function condemnationQueries({ db, touched }: TxContext): Pick<Tx, 'condemnedOf' | 'condemn' | 'takeBackCondemnation'> {
  return {
    async condemnedOf(workloadId) {
      const rows = await db.condemnation.findMany({ where: { workloadId, liftedAt: null }, select: { materialFingerprint: true } })
      return new Set(rows.map((row) => row.materialFingerprint))
    },
    async condemn({ workloadId, materialFingerprint, rollbackId, images, at }) {
      // One live condemnation is enough: a second one of the same template is dropped by the unique index.
      await db.condemnation.createMany({
        data: { workloadId, materialFingerprint, rollbackId, images, condemnedAt: toDate(at) },
        skipDuplicates: true,
      })
      touch(touched, 'workload', workloadId)
    },
    async takeBackCondemnation({ workloadId, materialFingerprint, at, rollbackId }) {
      const live = { workloadId, materialFingerprint, liftedAt: null, ...(rollbackId !== undefined && { rollbackId }) }
      // The unique index allows one. Of two people at once, one finds none.
      const [lifted] = await db.condemnation.updateManyAndReturn({ where: live, data: { liftedAt: toDate(at) } })
      if (lifted === undefined) return null
      touch(touched, 'workload', workloadId)
      return toCondemnation(lifted)
    },
  }
}
