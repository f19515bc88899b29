import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PlayedWorkloads } from './played-workloads.ts'

/** Workloads played in real time, on `/metrics`. */
export interface Exporter extends Pick<PlayedWorkloads, 'setPods' | 'behave' | 'restart'> {
  /** `http://127.0.0.1:…` */
  url: string
  stop(): Promise<void>
}

export async function startExporter(): Promise<Exporter> {
  const workloads = new PlayedWorkloads()
  let playedUntil = performance.now()
  /** Brings the counters up to now, so that a change counts from now on. */
  const played = () => {
    const now = performance.now()
    workloads.pass((now - playedUntil) / 1_000)
    playedUntil = now
    return workloads
  }
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(played().scrape())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setPods: (pods) => played().setPods(pods),
    behave: (service, changes) => played().behave(service, changes),
    restart: (pod) => played().restart(pod),
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
