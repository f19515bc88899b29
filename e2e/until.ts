/**
 * Asks again every 100 ms until something other than null comes back.
 *
 * @throws after `withinMs`, naming what was waited for and the last error
 */
export async function until<T>(what: string, withinMs: number, ask: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + withinMs
  let last: unknown = null
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== null) return answer
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`waited ${withinMs} ms for ${what}${last === null ? '' : `; last: ${last}`}`)
}
