/** One error of a chain, as far as it tells what happened. */
export interface ErrorLink {
  /** Of Postgres, a socket or Prisma; for a broken socket the name that Prisma's adapter gives it. */
  code: string | null
  message: string
  /** Name of the constraint that was broken. */
  constraint: string | null
}

/** The error and what caused it: Prisma wraps the driver's error in `cause` or `meta`. */
export function errorChain(error: unknown, depth = 0): ErrorLink[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const { code, originalCode, kind, message, constraint, cause, meta, errors } = error as Record<string, unknown>
  const own = {
    code: text(code) ?? text(originalCode) ?? text(kind),
    message: text(message) ?? '',
    constraint: text(constraint) ?? text((constraint as { index?: unknown } | null | undefined)?.index),
  }
  const inner = [
    cause,
    (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError,
    ...(Array.isArray(errors) ? errors : []),
  ]
  return [...inner.flatMap((one) => errorChain(one, depth + 1)), own]
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
