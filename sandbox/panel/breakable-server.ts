import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Call {
  method: string
  path: string
  /** Of the address, and of a form. */
  parameters: URLSearchParams
  contentType: string
  text: string
}

export interface Reply {
  status: number
  body: string
  contentType: string
  headers?: Record<string, string>
}

export type Handler = (call: Call) => Promise<Reply> | Reply

/** How a server fails: it ends connections, or answers 503 as a proxy before it would. */
export type Break = 'reset' | 'unavailable'

/** An HTTP server on loopback that can be broken and mended while it runs. */
export interface BreakableServer {
  url: string
  /** Null: it works. */
  broken: Break | null
  stop(): Promise<void>
}

/** Port 0: any that is free. Rejects when the port is taken. */
export async function startServer(handle: Handler, port: number): Promise<BreakableServer> {
  const server = createServer((request, response) => {
    if (running.broken === 'reset') return void request.socket.destroy()
    if (running.broken === 'unavailable') return reply(response, textReply(503, 'upstream is down\n'))
    answer(handle, request).then(
      (answered) => reply(response, answered),
      (error) => reply(response, textReply(500, `${error}\n`)),
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const running: BreakableServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broken: null,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return running
}

async function answer(handle: Handler, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const contentType = request.headers['content-type'] ?? ''
  const isForm = contentType.startsWith('application/x-www-form-urlencoded')
  if (isForm) for (const [name, value] of new URLSearchParams(text)) url.searchParams.append(name, value)
  return handle({ method: request.method ?? 'GET', path: url.pathname, parameters: url.searchParams, contentType, text })
}

function reply(response: ServerResponse, { status, body, contentType, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': contentType, ...headers }).end(body)
}

export function jsonReply(status: number, body: unknown): Reply {
  return { status, body: JSON.stringify(body), contentType: 'application/json' }
}

export function textReply(status: number, body: string): Reply {
  return { status, body, contentType: 'text/plain; charset=utf-8' }
}
