import type { Evidence } from '../../../core/evidence.ts'
import type { EvidenceOf, Tx } from '../../../ports.ts'
import { toDate } from '../rows/instant.ts'
import { fromJson, toJson } from '../rows/json.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

export function evidenceQueries({ db, touched }: TxContext): Pick<Tx, 'evidence' | 'saveEvidence'> {
  const find = (of: EvidenceOf, revisionUid: string) => db.evidence.findFirst({ where: { ...of, revisionUid } })
  return {
    async evidence(of, revisionUid) {
      // There may be no row to lock yet.
      await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`evidence/${JSON.stringify(of)}/${revisionUid}`}, 0))`
      const row = await find(of, revisionUid)
      return row && fromJson<Evidence>(row.record)
    },
    async saveEvidence(of, evidence) {
      const data = { revisionUid: evidence.revision.uid, seenAt: toDate(evidence.seenAt), record: toJson(evidence) }
      const row = await find(of, evidence.revision.uid)
      if (row === null) await db.evidence.create({ data: { ...of, ...data }, select: { id: true } })
      else await db.evidence.update({ where: { id: row.id }, data, select: { id: true } })
      if ('incidentId' in of) touch(touched, 'incident', of.incidentId)
      else touch(touched, 'rollback', of.rollbackId)
    },
  }
}
