import type { Tx } from '../../../ports.ts'
import { toDecisionInList, WITH_DECISION } from '../rows/decision.ts'
import { toDate } from '../rows/instant.ts'
import { toJson } from '../rows/json.ts'
import { isUuid } from '../rows/uuid.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

export function judgementQueries({ db, touched }: TxContext): Pick<Tx, 'decision' | 'saveJudgement'> {
  return {
    async decision(id) {
      const row = isUuid(id) ? await db.decision.findUnique({ where: { id }, include: WITH_DECISION, omit: { facts: true } }) : null
      return row && toDecisionInList(row)
    },
    async saveJudgement(decisionId, version, said) {
      const { judgement, note, judgedAt } = said
      const data = { judgement, note, actor: toJson(said.actor), judgedAt: toDate(judgedAt), version: version + 1 }
      // Of two people at once one finds the row there, or its version gone.
      const { count } =
        version === 0
          ? await db.judgement.createMany({ data: { ...data, decisionId }, skipDuplicates: true })
          : await db.judgement.updateMany({ where: { decisionId, version }, data })
      if (count === 0) return null
      touch(touched, 'decision', decisionId)
      return { ...said, version: version + 1 }
    },
  }
}
