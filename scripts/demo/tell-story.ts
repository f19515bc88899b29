import { setTimeout as delay } from 'node:timers/promises'
import { clockLine, printed, type StoryLine, storyLines } from './narrate.ts'
import { isAway, type SnapbackApi, type WireIncident, type WireRollback } from './snapback-api.ts'

const READ_EVERY_MS = 400

interface Telling {
  api: SnapbackApi
  /** When the demo deployed its first fault, and said so. Incidents that began before are not of this story. */
  since: number
  signal: AbortSignal
  say(line: string): void
}

/**
 * Reads the application as any script could and tells of each new incident what is new, until told to stop or until `isTold` says
 * that an incident is told.
 *
 * @returns the incident that was told to its end; null: the signal came first
 */
export async function tellStory({ api, since, signal, say }: Telling, isTold: (incident: WireIncident) => boolean) {
  const told = new Set<string>()
  while (!signal.aborted) {
    for (const incident of await newIncidents(api, since)) {
      for (const line of storyLines(incident)) {
        if (told.has(line.key)) continue
        told.add(line.key)
        if (!isSaidAlready(line, since)) say(printed(line))
      }
      for (const rollback of incident.rollbacks) tellClocks(rollback, told, say)
      if (isTold(incident)) return incident
    }
    await delay(READ_EVERY_MS, undefined, { signal }).catch(() => {})
  }
  return null
}

/** The demo's own deploy was told when it was made. */
function isSaidAlready({ word, at }: StoryLine, since: number): boolean {
  return word === 'deployed' && Math.abs(at - since) < 3_000
}

function tellClocks(rollback: WireRollback, told: Set<string>, say: (line: string) => void): void {
  const line = rollback.endedAt === null ? null : clockLine(rollback)
  if (line === null || told.has(rollback.id)) return
  told.add(rollback.id)
  say(`\n  ${line}\n`)
}

/** The application may be restarting, or its database: the story goes on when it is back. */
async function newIncidents(api: SnapbackApi, since: number): Promise<WireIncident[]> {
  try {
    const { items } = await api.get<{ items: WireIncident['incident'][] }>('/api/incidents?limit=10')
    const news = items.filter(({ openedAt }) => Date.parse(openedAt) >= since)
    return await Promise.all(news.reverse().map(({ id }) => api.get<WireIncident>(`/api/incidents/${id}`)))
  } catch (error) {
    if (isAway(error)) return []
    throw error
  }
}
