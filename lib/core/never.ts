/** Makes a switch over a union exhaustive: the compiler refuses a call that can be reached. */
export function never(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
