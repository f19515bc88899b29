import { describe, expect, it } from 'vitest'
import { upstreamError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import type { ApiCall, ApiClient } from './api-client.ts'
import { templateFingerprint } from './project.ts'
import { dryRunUndo } from './undo.ts'

const template = (image: string) => ({ metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'main', image }] } })
const deployment: JsonObject = {
  metadata: { uid: 'd', generation: 5, annotations: { team: 'blue' } },
  spec: { template: template('bad:2') },
}
const replicaSet: JsonObject = {
  metadata: { uid: 'good', ownerReferences: [{ kind: 'Deployment', name: 'shop', uid: 'd', controller: true }] },
  spec: { template: template('good:1') },
}
const revision = (uid: string, image: string) => ({
  uid,
  hash: uid,
  number: 1,
  templateFingerprint: templateFingerprint(template(image)),
  materialFingerprint: image,
  images: [image],
})
const request = {
  rollbackId: 'r1',
  workload: { namespace: 'edgelink', kind: 'Deployment' as const, name: 'shop' },
  deploymentUid: 'd',
  generation: 5,
  from: revision('bad', 'bad:2'),
  to: revision('good', 'good:1'),
  dryRun: true,
}

/** A server whose every answer takes so long, on a clock of its own; it is cut off when the caller's patience ends. */
function slowServer(tookMs: number) {
  let now = 0
  const patience: (number | undefined)[] = []
  const take = (call: ApiCall) => {
    patience.push(call.timeoutMs)
    const isCut = call.timeoutMs !== undefined && call.timeoutMs < tookMs
    now += isCut ? (call.timeoutMs ?? 0) : tookMs
    if (isCut) throw upstreamError('kubernetes', 'no answer')
  }
  const api: Pick<ApiClient, 'call' | 'read'> = {
    async call(call) {
      take(call)
      return { status: 200, body: deployment }
    },
    async read(call) {
      take(call)
      return call.verb === 'list' ? { items: [replicaSet] } : deployment
    },
  }
  return { api: api as ApiClient, patience, elapsed: () => now }
}

describe('the dry run', () => {
  it('gives each call what is left of its two seconds', async () => {
    const { api, patience, elapsed } = slowServer(600)
    expect(await dryRunUndo(api, request, elapsed)).toEqual({ kind: 'accepted' })
    expect(patience).toEqual([2_000, 1_400, 800])
  })

  it.each([700, 1_000, 1_999, 60_000])(
    'counts a server as silent that takes %i ms an answer, after two seconds and no later',
    async (tookMs) => {
      const { api, elapsed } = slowServer(tookMs)
      expect(await dryRunUndo(api, request, elapsed)).toMatchObject({ kind: 'silent' })
      expect(elapsed()).toBeLessThanOrEqual(2_000)
    },
  )
})
