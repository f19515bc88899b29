/** What stands in a stream of server-sent events: the data of events, and comments, which are heartbeats. */
export type StreamLine = { kind: 'data'; text: string } | { kind: 'beat' }

/** Splits what arrives in pieces of any size into whole lines. Keeps what is left of a line for the next piece. */
export function lineReader(): (piece: string) => StreamLine[] {
  let rest = ''
  return (piece) => {
    const lines = (rest + piece).split(/\r?\n/)
    rest = lines.pop() ?? ''
    return lines.flatMap(readLine)
  }
}

function readLine(line: string): StreamLine[] {
  if (line.startsWith(':')) return [{ kind: 'beat' }]
  return line.startsWith('data:') ? [{ kind: 'data', text: line.slice(5).trim() }] : []
}
