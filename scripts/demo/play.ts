import { setTimeout as delay } from 'node:timers/promises'
import { printed } from './narrate.ts'
import { panel } from './panel.ts'
import { SHORTENED } from './prepare-database.ts'
import { type SnapbackApi, snapbackApi, type WireIncident } from './snapback-api.ts'
import { NAMESPACE, type Stage } from './stage.ts'
import { tellStory } from './tell-story.ts'

export interface Play {
  stage: Stage
  address: string
  admin: { email: string; password: string }
  once: boolean
  withoutTarget: boolean
  signal: AbortSignal
  say(line: string): void
}

const WORKLOAD = 'checkout'
/** Long enough for the rules' ranges to be full of good minutes. */
const HEALTHY_FOR_MS = 20_000
const READY_WITHIN_MS = 60_000
const TOLD_WITHIN_MS = 4 * 60_000

/** @returns the exit code of `--once`: 0 only if it was put back and verified. Without it: told to end. */
export async function playDemo(play: Play): Promise<number> {
  const { stage, address, once, signal, say } = play
  const api = snapbackApi(address, stage.token)
  await untilReady(play, api)
  await stage.observe()
  introduce(play)
  await delay(HEALTHY_FOR_MS, undefined, { signal }).catch(() => {})
  if (signal.aborted) return 0
  const world = panel(stage.panelUrl)
  const since = Date.now()
  const { image } = await world.deploy(`${NAMESPACE}/${WORKLOAD}`, 'errors')
  if (play.withoutTarget) {
    // The Deployment controller makes the new revision in its own time.
    await delay(2_000)
    await world.forgetRevisions(`${NAMESPACE}/${WORKLOAD}`)
  }
  say(`\n${printed({ at: since, since, word: 'deployed', text: `${WORKLOAD}: ${image}; 12 % of its requests will fail` })}`)
  if (once) return tellOnce({ play, api, since })
  await tellStory({ api, since, signal, say }, () => false)
  say('\n  Ending everything')
  return 0
}

async function tellOnce({ play, api, since }: { play: Play; api: SnapbackApi; since: number }): Promise<number> {
  const deadline = AbortSignal.any([play.signal, AbortSignal.timeout(TOLD_WITHIN_MS)])
  const incident = await tellStory({ api, since, signal: deadline, say: play.say }, isTold)
  const rollback = incident?.rollbacks[0]
  if (rollback?.phase === 'succeeded') {
    const image = await panel(play.stage.panelUrl).imageOf(`${NAMESPACE}/${WORKLOAD}`)
    const isBack = rollback.to.images.includes(image)
    play.say(
      isBack ? `Put back and verified: ${WORKLOAD} runs ${image}` : `The record says ${rollback.to.images}, the cluster runs ${image}`,
    )
    return isBack ? 0 : 1
  }
  play.say(incident === null ? `Not put back within ${TOLD_WITHIN_MS / 60_000} minutes` : `Not put back: ${whyNot(incident)}`)
  return 1
}

/** A rollback that ended, or a decision that opened none. */
function isTold({ rollbacks, decisions }: WireIncident): boolean {
  if (rollbacks.length > 0) return rollbacks.every(({ endedAt }) => endedAt !== null)
  const last = decisions.at(-1)
  return last !== undefined && last.effect === 'none' && last.checks.every(({ answer }) => answer !== 'inconclusive')
}

function whyNot({ rollbacks, decisions }: WireIncident): string {
  const [rollback] = rollbacks
  if (rollback) return `${rollback.phase}, ${rollback.outcome?.reason.replaceAll('_', ' ')}`
  const held = (decisions.at(-1)?.checks ?? []).filter(({ answer }) => answer === 'hold')
  return `held by ${held.map(({ gate, reason }) => `the gate "${gate}": ${reason.replaceAll('_', ' ')}`).join('; ')}`
}

async function untilReady({ stage, signal }: Play, api: SnapbackApi): Promise<void> {
  let trouble = ''
  for (const deadline = Date.now() + READY_WITHIN_MS; !signal.aborted; ) {
    const known = await api.get<{ current: unknown }>(`/api/workloads/${NAMESPACE}/Deployment/${WORKLOAD}`).catch((error: Error) => {
      trouble = error.message
      return null
    })
    if (known !== null && known.current !== null) return
    if (Date.now() > deadline) throw new Error(`the application is not ready (${trouble}): see ${stage.appLog}`)
    await delay(200, undefined, { signal }).catch(() => {})
  }
}

function introduce({ stage, address, admin, once, say }: Play): void {
  const observability = {
    real: 'Prometheus and Alertmanager: the real programs of this machine, watching the sandbox',
    sandbox: 'Prometheus and Alertmanager: the sandbox plays them (install prometheus and prometheus-alertmanager to use the real ones)',
  }[stage.observability]
  const seconds = (ms = 0) => `${ms / 1_000} s`
  say('')
  if (!once) {
    say(`  Snapback    ${address}`)
    say(`  Sign in     ${admin.email}   ${admin.password}`)
    say(`  Panel       ${stage.panelUrl}   deploy the next fault of your choice`)
  }
  say(`  ${observability}`)
  say(
    `  Times are cut short: alerts fire within seconds, a rollback is verified after ${seconds(SHORTENED.bakeTimeMs)} of health, cooldown ${seconds(SHORTENED.cooldownMs)}; the shipped rules look back over minutes`,
  )
  say(
    `\n  A healthy shop is watched for ${HEALTHY_FOR_MS / 1_000} s, then a bad version of ${WORKLOAD} is deployed${once ? '' : '. Ctrl+C ends everything'}`,
  )
}
