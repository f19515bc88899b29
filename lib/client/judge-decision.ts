import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJudgement } from '../contracts/judge-decision.ts'
import type { JudgementWord } from '../core/judgement.ts'
import { call } from './api.ts'

interface Judging {
  decisionId: string
  judgement: JudgementWord
  /** `wrong` needs one. */
  note: string | null
  /** Of the judgement that was shown; 0: there was none. */
  version: number
}

/** Says whether a decision was right. Refused or not, what shows it is fetched anew. */
export function useJudgeDecision() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ decisionId, judgement, note, version }: Judging) =>
      call(postJudgement, { params: { id: decisionId }, body: { judgement, note, version } }),
    onSettled: async () => {
      const nouns = ['decisions', 'rollbacks', 'incidents', 'workloads', 'replay', 'audit']
      await Promise.all(nouns.map((noun) => client.invalidateQueries({ queryKey: [noun] })))
    },
  })
}
