import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { templateFingerprint } from './project.ts'
import { settledBy, undoPatch } from './undo-patch.ts'

const request = {
  rollbackId: 'r1',
  workload: { namespace: 'edgelink', kind: 'Deployment' as const, name: 'shop' },
  deploymentUid: 'uid',
  generation: 5,
  from: aRevision('bad'),
  to: aRevision('good'),
  dryRun: false,
}
const template = {
  metadata: { labels: { app: 'shop', 'pod-template-hash': 'good' }, fieldOfTomorrow: true },
  spec: { containers: [], fieldOfTomorrow: { deep: [1] } },
}

describe('the patch', () => {
  it('tests uid and generation before it replaces the template, which keeps fields that nobody here knows', () => {
    expect(undoPatch(aDeployment({ annotations: { team: 'blue' } }), template, request)).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'uid' },
      { op: 'test', path: '/metadata/generation', value: 5 },
      {
        op: 'replace',
        path: '/spec/template',
        value: { metadata: { labels: { app: 'shop' }, fieldOfTomorrow: true }, spec: template.spec },
      },
      { op: 'add', path: '/metadata/annotations/snapback.dev~1rollback-id', value: 'r1' },
    ])
  })

  it('makes the annotations where there are none, and fails if someone did so in between', () => {
    expect(undoPatch(aDeployment({ annotations: undefined }), template, request).slice(3)).toEqual([
      { op: 'test', path: '/metadata/annotations', value: null },
      { op: 'add', path: '/metadata/annotations', value: { 'snapback.dev/rollback-id': 'r1' } },
    ])
  })
})

describe('what a Deployment tells before anything is sent', () => {
  it('is nothing while it is as it was', () => {
    const before = aDeployment({})
    expect(settledBy(before, { ...request, from: fromOf(before) })).toBeNull()
  })

  it.each([
    ['superseded when it is gone', null, { kind: 'superseded' }],
    ['superseded under another uid', aDeployment({ uid: 'other' }), { kind: 'superseded' }],
    [
      'applied where our id is, at the server’s own time',
      aDeployment({ annotations: { 'snapback.dev/rollback-id': 'r1' }, writtenAt: '2026-01-05T10:00:00Z' }),
      { kind: 'applied', at: Date.UTC(2026, 0, 5, 10), alreadyThere: true },
    ],
    [
      'applied where a webhook rewrote our template: nobody changed it since our patch',
      aDeployment({ annotations: { 'snapback.dev/rollback-id': 'r1' }, image: 'good:1-with-sidecar', generation: 6 }),
      {
        kind: 'applied',
        at: null,
        alreadyThere: true,
        landedFingerprint: fromOf(aDeployment({ image: 'good:1-with-sidecar' })).templateFingerprint,
      },
    ],
    [
      'applied, but what is there now is not ours, where it was changed once more',
      aDeployment({ annotations: { 'snapback.dev/rollback-id': 'r1' }, image: 'fixed:3', generation: 7 }),
      { kind: 'applied', at: null, alreadyThere: true },
    ],
    [
      'superseded by another template, with an older id of ours there',
      aDeployment({ annotations: { 'snapback.dev/rollback-id': 'r0' }, image: 'new:1' }),
      { kind: 'superseded' },
    ],
    ['paused', aDeployment({ paused: true }), { kind: 'paused' }],
    ['paused rather than moved: pausing moves the generation too', aDeployment({ paused: true, generation: 6 }), { kind: 'paused' }],
    ['moved to another generation', aDeployment({ generation: 6 }), { kind: 'moved', generation: 6 }],
  ])('is %s', (_, deployment, outcome) => {
    expect(settledBy(deployment, { ...request, from: fromOf(aDeployment({})) })).toEqual(outcome)
  })
})

interface Fields {
  uid: string
  generation: number
  paused: boolean
  annotations: JsonObject | undefined
  image: string
  writtenAt: string
}

function aDeployment({
  uid = 'uid',
  generation = 5,
  paused = false,
  annotations = {},
  image = 'bad:2',
  writtenAt,
}: Partial<Fields>): JsonObject {
  const managedFields = writtenAt === undefined ? [] : [{ manager: 'snapback', operation: 'Update', time: writtenAt }]
  return {
    metadata: { uid, generation, annotations, managedFields },
    spec: { paused, template: { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'main', image }] } } },
  }
}

function aRevision(name: string) {
  return { uid: name, hash: name, number: 1, templateFingerprint: name, materialFingerprint: name, images: [] }
}

/** The revision whose template the Deployment has. */
function fromOf(deployment: JsonObject) {
  const spec = deployment['spec'] as JsonObject
  return { ...aRevision('bad'), templateFingerprint: templateFingerprint(spec['template'] as JsonObject) }
}
