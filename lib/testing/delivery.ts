import { globSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { type RunningApp, WEBHOOK_TOKEN } from './app.ts'

const FOLDER = fileURLToPath(new URL('alertmanager/', import.meta.url))

/** Deliveries that a real Alertmanager made (and a few fields made plain), by file name. */
export function recordedDeliveries(): { name: string; body: string }[] {
  const names = globSync('*.json', { cwd: FOLDER }).sort()
  return names.map((name) => ({ name, body: readFileSync(`${FOLDER}${name}`, 'utf8') }))
}

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any
}

interface Options {
  headers?: Record<string, string>
  /** In chunks, without saying how long it will be. */
  chunked?: boolean
}

/** As Alertmanager sends it. By node:http, which reads an answer that comes before the whole body was sent. */
export function deliver(app: Pick<RunningApp, 'port'>, body: string, { headers = {}, chunked = false }: Options = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request({
      host: '127.0.0.1',
      port: app.port,
      path: '/api/webhooks/alertmanager',
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${WEBHOOK_TOKEN}`,
        'content-type': 'application/json',
        ...(chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
        ...headers,
      },
    })
    let isAnswered = false
    sending.on('response', (response) => {
      isAnswered = true
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        sending.destroy()
        const text = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text === '' ? null : JSON.parse(text) })
      })
    })
    // The server may close its side while the rest is still under way: what it answered counts.
    sending.on('error', (error) => isAnswered || reject(error))
    Readable.from(slices(body, 64 * 1024)).pipe(sending)
  })
}

function* slices(text: string, size: number): Generator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size)
}

/** Until the database is migrated and the queue works: before that a delivery is 503. */
export async function untilReady(app: Pick<RunningApp, 'url'>): Promise<void> {
  while (!(await fetch(`${app.url}/api/health/ready`).then(({ ok }) => ok))) await new Promise((resolve) => setTimeout(resolve, 50))
}
