import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What Alertmanager posted. */
export interface Delivery {
  authorization: string | undefined
  body: { status: string; alerts: { status: string; labels: Record<string, string> }[]; [field: string]: unknown }
}

/** Takes webhook deliveries and answers 200. */
export interface WebhookReceiver {
  url: string
  deliveries: Delivery[]
  stop(): Promise<void>
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const deliveries: Delivery[] = []
  const server = createServer(async (request, response) => {
    deliveries.push({ authorization: request.headers.authorization, body: JSON.parse(await text(request)) })
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
