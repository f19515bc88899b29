import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server on which connections can be made to swallow everything, as a network in a failover does. */
export interface SilentProxy {
  /** The same address as it was given, by way of the proxy. */
  url: string
  /** From now on the connections that are there say nothing any more, and do not close. New ones work. */
  silence(): void
  close(): void
}

export async function silentProxy(to: string): Promise<SilentProxy> {
  const target = new URL(to)
  const sockets = new Set<Socket>()
  const pairs: [Socket, Socket][] = []
  const server = createServer((inside) => {
    const outside = connect(Number(target.port), target.hostname)
    pairs.push([inside, outside])
    for (const socket of [inside, outside]) sockets.add(socket.on('error', () => {}))
    inside.pipe(outside)
    outside.pipe(inside)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(to)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    silence() {
      for (const [inside, outside] of pairs.splice(0)) {
        inside.unpipe(outside).resume()
        outside.unpipe(inside).resume()
      }
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
