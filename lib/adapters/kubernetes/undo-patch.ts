import { type Instant, type JsonObject, type JsonValue, objectAt } from '../../core/json.ts'
import { withoutPodTemplateHash } from '../../core/template-fingerprint.ts'
import type { UndoOutcome, UndoRequest } from '../../core/undo.ts'
import { ROLLBACK_ID_ANNOTATION } from '../../core/workload.ts'
import { instant, objectsAt, templateFingerprint } from './project.ts'

/** The name under which the server's managedFields record our writes. */
export const FIELD_MANAGER = 'snapback'

/** One step of RFC 6902. */
export type PatchStep = { op: 'test' | 'add' | 'replace'; path: string; value: JsonValue }

/**
 * Replaces the template alone: replicas, strategy and other people's annotations stay. The tests make it fail when
 * anything else was written in between; a status update does not move the generation.
 *
 * @param deployment as the server sent it
 * @param template of the target's ReplicaSet, as the server sent it
 */
export function undoPatch(deployment: JsonObject, template: JsonObject, request: UndoRequest): PatchStep[] {
  const annotation: PatchStep[] = hasAnnotations(deployment)
    ? [{ op: 'add', path: `/metadata/annotations/${pointer(ROLLBACK_ID_ANNOTATION)}`, value: request.rollbackId }]
    : [
        // An annotation does not move the generation: one that came in between must not be wiped.
        { op: 'test', path: '/metadata/annotations', value: null },
        { op: 'add', path: '/metadata/annotations', value: { [ROLLBACK_ID_ANNOTATION]: request.rollbackId } },
      ]
  return [
    { op: 'test', path: '/metadata/uid', value: request.deploymentUid },
    { op: 'test', path: '/metadata/generation', value: request.generation },
    { op: 'replace', path: '/spec/template', value: withoutPodTemplateHash(template) },
    ...annotation,
  ]
}

export function hasAnnotations(deployment: JsonObject): boolean {
  return Object.keys(objectAt(objectAt(deployment, 'metadata'), 'annotations')).length > 0
}

/** What the Deployment itself already tells of the request; null: the patch may be sent. */
export function settledBy(deployment: JsonObject | null, request: UndoRequest): UndoOutcome | null {
  if (deployment === null) return { kind: 'superseded' }
  const metadata = objectAt(deployment, 'metadata')
  if (metadata['uid'] !== request.deploymentUid) return { kind: 'superseded' }
  if (objectAt(metadata, 'annotations')[ROLLBACK_ID_ANNOTATION] === request.rollbackId) return applied(deployment, request, true)
  const spec = objectAt(deployment, 'spec')
  const fingerprint = templateFingerprint(objectAt(spec, 'template'))
  // Put there by someone else: when is not ours to say.
  if (fingerprint === request.to.templateFingerprint) return { kind: 'applied', at: null, alreadyThere: true }
  if (fingerprint !== request.from.templateFingerprint) return { kind: 'superseded' }
  if (spec['paused'] === true) return { kind: 'paused' }
  const generation = Number(metadata['generation'])
  return generation === request.generation ? null : { kind: 'moved', generation }
}

/**
 * What an admission webhook made of the template on its way in is ours; what someone deployed afterwards is not. The
 * generation tells them apart: our patch moves it by one, whatever was rewritten, and every later change moves it on.
 */
export function applied(deployment: JsonObject, request: UndoRequest, alreadyThere: boolean): UndoOutcome {
  const outcome = { kind: 'applied', at: writtenAt(deployment), alreadyThere } as const
  const landedFingerprint = templateFingerprint(objectAt(objectAt(deployment, 'spec'), 'template'))
  const isUntouched = objectAt(deployment, 'metadata')['generation'] === request.generation + 1
  return landedFingerprint !== request.to.templateFingerprint && isUntouched ? { ...outcome, landedFingerprint } : outcome
}

/** The server's own record of our last write, in whole seconds; null: it keeps none. */
function writtenAt(deployment: JsonObject): Instant | null {
  const times = objectsAt(objectAt(deployment, 'metadata'), 'managedFields')
    .filter((entry) => entry['manager'] === FIELD_MANAGER)
    .flatMap((entry) => instant(entry['time']) ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

/** RFC 6901 */
function pointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
