import type { DryRunAnswer } from '../../core/decision.ts'
import { SnapbackError, upstreamError } from '../../core/errors.ts'
import { type JsonObject, objectAt } from '../../core/json.ts'
import { never } from '../../core/never.ts'
import type { UndoOutcome, UndoRequest } from '../../core/undo.ts'
import { type ApiAnswer, type ApiCall, type ApiClient, messageOf } from './api-client.ts'
import { deploymentAt } from './paths.ts'
import { controllerOf } from './project.ts'
import { readReplicaSet } from './read-replica-set.ts'
import { applied, FIELD_MANAGER, hasAnnotations, settledBy, undoPatch } from './undo-patch.ts'

/** How often the patch is sent before the caller is told that nobody answers. */
const SENDS = 2

/** How long the dry run may take in all, in milliseconds: stage 2 of a decision waits for it (design: 2 s). */
const DRY_RUN_MS = 2_000

/** An undo's outcome, or that an admission webhook does not let a dry run through. */
type Attempt = UndoOutcome | { kind: 'no_dry_run'; message: string }

/**
 * Puts the target's template back, or tells why not. Safe to repeat: our annotation tells that it arrived. A
 * Deployment that is gone counts as superseded. Throws `upstream_unavailable` when the server does not answer.
 */
export async function undo(api: ApiClient, request: UndoRequest): Promise<UndoOutcome> {
  const attempt = await attemptUndo(api, request)
  return attempt.kind === 'no_dry_run' ? { kind: 'refused', message: attempt.message } : attempt
}

/**
 * Whether the server would take the patch. Changes nothing, and never throws for a silent server: after 2 s it is one.
 *
 * @param elapsed a clock in milliseconds
 */
export async function dryRunUndo(client: ApiClient, request: UndoRequest, elapsed = () => performance.now()): Promise<DryRunAnswer> {
  const api = withDeadline(client, elapsed)
  try {
    let attempt = await attemptUndo(api, { ...request, dryRun: true })
    // Scaled since the cache was read: the question is the same under the new generation.
    if (attempt.kind === 'moved') attempt = await attemptUndo(api, { ...request, dryRun: true, generation: attempt.generation })
    return answerOf(attempt)
  } catch (error) {
    if (error instanceof SnapbackError && error.code === 'upstream_unavailable') return { kind: 'silent', message: error.message }
    throw error
  }
}

/** The same client, whose calls end when the time for all of them is over. */
function withDeadline(api: ApiClient, elapsed: () => number): ApiClient {
  const endsAt = elapsed() + DRY_RUN_MS
  const bounded = (call: ApiCall): ApiCall => {
    const leftMs = Math.floor(endsAt - elapsed())
    if (leftMs <= 0) throw upstreamError('kubernetes', `${call.verb} ${call.resource}: no answer to the dry run within ${DRY_RUN_MS} ms`)
    return { ...call, timeoutMs: leftMs }
  }
  return { ...api, call: async (call) => api.call(bounded(call)), read: async (call) => api.read(bounded(call)) }
}

function answerOf(attempt: Attempt): DryRunAnswer {
  switch (attempt.kind) {
    case 'dry_run_accepted':
    case 'applied':
      return { kind: 'accepted' }
    case 'no_dry_run':
    case 'refused':
      return attempt
    // The request was made of what the caches held, and they were behind: soon they tell of it themselves.
    case 'moved':
      return { kind: 'outdated', message: 'the Deployment changes faster than it can be asked about' }
    case 'superseded':
      return { kind: 'outdated', message: 'another deploy came in between' }
    case 'paused':
      return { kind: 'outdated', message: 'the Deployment is paused' }
    case 'target_gone':
      return { kind: 'outdated', message: 'the ReplicaSet of the target is gone' }
    default:
      return never(attempt)
  }
}

async function attemptUndo(api: ApiClient, request: UndoRequest): Promise<Attempt> {
  let deployment = await readDeployment(api, request)
  let failure: unknown = null
  for (let sends = 0; sends < SENDS; sends += 1) {
    const settled = settle(deployment, request)
    if (settled || deployment === null) return settled ?? { kind: 'superseded' }
    const target = await readReplicaSet(api, { namespace: request.workload.namespace, ...request.to })
    if (target === null || controllerOf(target, 'Deployment')?.uid !== request.deploymentUid) return { kind: 'target_gone' }
    const template = objectAt(objectAt(target, 'spec'), 'template')
    try {
      const answer = await sendPatch(api, deployment, template, request)
      if (answer.status < 300) return request.dryRun ? { kind: 'dry_run_accepted' } : applied(answer.body, request, false)
      const before = deployment
      deployment = await readDeployment(api, request)
      const told = settle(deployment, request) ?? refusal(answer, before, deployment, request)
      if (told) return told
      failure = upstreamError('kubernetes', `patch ${deploymentAt(request.workload).resource}: ${messageOf(answer)}`)
    } catch (error) {
      failure = error
      deployment = await readDeployment(api, request)
    }
  }
  const settled = settle(deployment, request)
  if (settled) return settled
  throw failure
}

/** A failed test and an invalid template have the same status: the Deployment was read again to tell them apart. */
function refusal(answer: ApiAnswer, before: JsonObject, after: JsonObject | null, request: UndoRequest): Attempt | null {
  // The server gave up on its own optimistic lock.
  if (answer.status === 409) return null
  if (answer.status === 422 && after !== null && hasAnnotations(before) !== hasAnnotations(after)) return null
  if (request.dryRun && isWithoutDryRun(answer)) return { kind: 'no_dry_run', message: messageOf(answer) }
  return { kind: 'refused', message: messageOf(answer) }
}

/**
 * An admission webhook that declares side effects. The server's answer is a plain 400 BadRequest: nothing but its
 * words tells (kubernetes `apiserver/pkg/admission/plugin/webhook/errors/statuserror.go`, NewDryRunUnsupportedErr).
 */
function isWithoutDryRun({ status, body }: ApiAnswer): boolean {
  const message = body['message']
  return status === 400 && typeof message === 'string' && /^admission webhook ".*" does not support dry run$/.test(message)
}

/** A dry run that finds the target's template there already has nothing to object to. */
function settle(deployment: JsonObject | null, request: UndoRequest): UndoOutcome | null {
  const settled = settledBy(deployment, request)
  return request.dryRun && settled?.kind === 'applied' ? { kind: 'dry_run_accepted' } : settled
}

function sendPatch(api: ApiClient, deployment: JsonObject, template: JsonObject, request: UndoRequest): Promise<ApiAnswer> {
  return api.call({
    verb: 'patch',
    ...deploymentAt(request.workload),
    query: { fieldManager: FIELD_MANAGER, ...(request.dryRun && { dryRun: 'All' }) },
    body: undoPatch(deployment, template, request),
    // Any other content type is a 415.
    contentType: 'application/json-patch+json',
  })
}

function readDeployment(api: ApiClient, { workload }: UndoRequest): Promise<JsonObject | null> {
  return api.read({ verb: 'get', ...deploymentAt(workload) })
}
