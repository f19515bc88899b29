import type { Actor } from '../../../core/actor.ts'
import type { Judgement, JudgementWord } from '../../../core/judgement.ts'
import type { Judgement as JudgementRow } from '../generated/client.ts'
import { toInstant } from './instant.ts'
import { fromJson } from './json.ts'

export function toJudgement({ version, judgement, note, actor, judgedAt }: JudgementRow): Judgement {
  return { version, judgement: judgement as JudgementWord, note, actor: fromJson<Actor>(actor), judgedAt: toInstant(judgedAt) }
}
