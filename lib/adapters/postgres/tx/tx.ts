import type { Tx } from '../../../ports.ts'
import type { JobRequest } from '../job-request.ts'
import { condemnationQueries } from './condemnations.ts'
import type { TxContext } from './context.ts'
import { controlQueries, policyQueries } from './control.ts'
import { episodeQueries } from './episodes.ts'
import { evidenceQueries } from './evidence.ts'
import { incidentQueries } from './incidents.ts'
import { judgementQueries } from './judgements.ts'
import { recordQueries } from './record.ts'
import { rollbackQueries } from './rollbacks.ts'
import { workloadQueries } from './workloads.ts'

/** One transaction. Jobs are gathered in `jobs`; the store sends them as its last statements. */
export function createTx(context: TxContext, jobs: JobRequest[]): Tx {
  return {
    ...episodeQueries(context),
    ...workloadQueries(context),
    ...incidentQueries(context),
    ...judgementQueries(context),
    ...rollbackQueries(context),
    ...condemnationQueries(context),
    ...controlQueries(context),
    ...policyQueries(context),
    ...recordQueries(context),
    ...evidenceQueries(context),
    async lock(name, mode) {
      const key = `lock/${name}`
      if (mode === 'share') await context.db.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`
      else await context.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`
    },
    async enqueue(job, id, runAt) {
      jobs.push({ job, id, runAt: runAt ?? null })
    },
  }
}
