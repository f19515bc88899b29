import type { WireDecision, WireIncident, WireRollback } from './snapback-api.ts'

/** A line of the story; printed once, when it is first known. */
export interface StoryLine {
  key: string
  at: number
  /** What its offset counts from: the deploy, or the beginning where no deploy explains it. */
  since: number
  word: string
  text: string
}

/** Everything that an incident tells so far, in the order in which it happened. */
export function storyLines({ incident, episodes, decisions, rollbacks }: WireIncident): StoryLine[] {
  const lines: StoryLine[] = []
  const deployedAt = deployedAtOf(decisions, rollbacks)
  const since = Date.parse(deployedAt ?? incident.startedAt)
  const add = (key: string, at: string | null | undefined, word: string, text: string) => {
    // The name in each line: several workloads may be in trouble at once.
    if (at) lines.push({ key: `${incident.id}/${key}`, at: Date.parse(at), since, word, text: `${incident.workload.name}: ${text}` })
  }
  add('deployed', deployedAt, 'deployed', rollbacks[0] ? images(rollbacks[0].from) : 'a new revision')
  add('began', incident.startedAt, 'it began', 'what the rule measures passed its limit')
  const [first] = episodes
  add('alerted', first?.receivedAt, 'alerted', first ? alertText(first) : '')
  for (const decision of decisions) add(`decision/${decision.id}`, decision.decidedAt, 'decided', decisionText(decision))
  for (const rollback of rollbacks) {
    const { id, clocks, from, to } = rollback
    add(`${id}/undone`, clocks['undoneAt'], 'undone', `the API server took the patch: revision ${from.number} → ${images(to)}`)
    add(`${id}/restored`, clocks['restoredAt'], 'restored', 'the rollout is complete, the pods of the good version are ready')
    add(`${id}/mitigated`, clocks['mitigatedAt'], 'mitigated', 'the first window without the fault')
    add(`${id}/verified`, clocks['verifiedAt'], 'verified', 'it stayed healthy for the bake time')
    add(`${id}/ended`, rollback.endedAt, rollback.phase, endText(rollback))
  }
  add('closed', incident.closedAt, 'closed', `the incident is over: ${(incident.outcome ?? '').replaceAll('_', ' ')}`)
  return lines.sort((a, b) => a.at - b.at)
}

/** Where the time went: null until it is known from end to end. */
export function clockLine({ clocks }: WireRollback): string | null {
  const { detectMs, decideMs, executeMs, recoverMs, mttrMs } = clocks.parts
  if (mttrMs === null || mttrMs === undefined) return null
  const parts = { detect: detectMs, decide: decideMs, execute: executeMs, recover: recoverMs }
  const told = Object.entries(parts).map(([name, ms]) => `${name} ${seconds(ms)}`)
  return `time to mitigate ${seconds(mttrMs)} = ${told.join(' + ')}`
}

function deployedAtOf(decisions: readonly WireDecision[], rollbacks: readonly WireRollback[]): string | null {
  const told = rollbacks[0]?.clocks['deployedAt']
  if (told) return told
  const value = decisions.at(-1)?.checks.find(({ gate, answer }) => gate === 'deploy_explains' && answer === 'pass')?.values['deployedAt']
  return typeof value === 'number' ? new Date(value).toISOString() : null
}

/** `12:03:21   +17.0 s  alerted     …` */
export function printed({ at, since, word, text }: Omit<StoryLine, 'key'>): string {
  const clock = new Date(at).toTimeString().slice(0, 8)
  const after = at >= since ? `+${((at - since) / 1_000).toFixed(1)} s` : ''
  return `  ${clock}  ${after.padStart(8)}  ${word.padEnd(11)} ${text}`
}

function alertText({ labels, annotations }: WireIncident['episodes'][number]): string {
  const summary = annotations['summary'] ? `: ${annotations['summary']}` : ''
  return `${labels['alertname'] ?? 'an alert'}${summary}`
}

function decisionText({ verdict, effect, checks }: WireDecision): string {
  const passed = checks.filter(({ answer }) => answer === 'pass').length
  const holding = checks.filter(({ answer }) => answer === 'hold' || answer === 'inconclusive')
  const held = holding.map(({ gate, reason }) => `${gate.replaceAll('_', ' ')} (${reason.replaceAll('_', ' ')})`)
  const why = held.length > 0 ? `held by ${held.join(', ')}` : `${passed} gates passed, none holds`
  return `verdict ${verdict.replaceAll('_', ' ')}, effect ${effect}: ${why}`
}

function endText({ phase, outcome }: WireRollback): string {
  const reason = (outcome?.reason ?? '').replaceAll('_', ' ')
  return phase === 'succeeded'
    ? `put back and shown to have helped (${reason})`
    : `${reason}${outcome?.detail ? `: ${outcome.detail}` : ''}`
}

function images({ number, images: all }: WireRollback['to']): string {
  return `revision ${number}, ${all.join(', ')}`
}

function seconds(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? 'unknown' : `${(ms / 1_000).toFixed(1)} s`
}
