import { CLOCKS, type WireIncident } from './snapback.ts'

/** Prints an incident as a timeline with clocks, for whoever runs the story. */
export function printStory({ incident, rollbacks, timeline }: WireIncident): void {
  const lines = [`Incident ${incident.id}: ${incident.outcome}`, '']
  const begin = Date.parse(timeline[0]?.at ?? '')
  for (const { at, kind, actor, data } of [...timeline].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const since = `${((Date.parse(at) - begin) / 1_000).toFixed(1)} s`
    lines.push(`${at.slice(11, 23)}  ${since.padStart(8)}  ${kind.padEnd(16)} ${actor.name ?? actor.kind}  ${JSON.stringify(data)}`)
  }
  for (const rollback of rollbacks) {
    lines.push('', `Rollback ${rollback.from.images} → ${rollback.to.images}: ${rollback.phase}`)
    for (const clock of CLOCKS) lines.push(`  ${clock.padEnd(12)} ${rollback.clocks[clock] ?? 'not seen'}`)
    for (const [part, ms] of Object.entries(rollback.clocks.parts)) {
      lines.push(`  ${part.replace('Ms', '').padEnd(12)} ${ms === null ? 'not known' : `${(ms / 1_000).toFixed(2)} s`}`)
    }
  }
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
}
