import type { z } from 'zod'
import type { Role } from '../core/role.ts'

/** Who may call: anybody, who holds `WEBHOOK_TOKEN`, or a person or script of at least this role. */
export type Access = 'public' | 'webhook' | Role

/** One method of one route, as the wire sees it. The route, its checks and the OpenAPI file are made from it. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Parameters with a colon: `/api/rollbacks/:id`. */
  path: `/${string}`
  /** A sentence for people who read the OpenAPI file. */
  summary: string
  access: Access
  /** `text`: the handler makes the text. `stream`: server-sent events, each of them `reply`. */
  kind: 'json' | 'text' | 'stream'
  params?: z.ZodType
  query?: z.ZodType
  /** JSON. Without it a body is not read. */
  body?: z.ZodType
  /** Encoded with `z.encode`: domain values in, wire values out. A mismatch is our mistake (500). */
  reply: z.ZodType
  status?: 200 | 201
  /** Of a text; `text/plain` unless told. */
  mediaType?: string
  /** 256 KiB unless told. */
  bodyLimitBytes?: number
  /** It changes what people see: the handler must return `Audited`, and cookies need an Origin of ours. */
  mutates?: boolean
  /** A question that is too large for a query: its method is no GET, and it changes nothing. */
  asks?: boolean
}

export const DEFAULT_BODY_LIMIT_BYTES = 256 * 1024

/** Keeps the literal types of an operation, so that its route is checked against them. */
export function operation<const O extends Operation>(declared: O): O {
  return declared
}
