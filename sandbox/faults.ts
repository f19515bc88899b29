/** What a bad version does to its workload. */
export const FAULTS = ['errors', 'latency', 'crash-loop', 'memory-leak'] as const
export type Fault = (typeof FAULTS)[number]

/** The fault that an image carries: its tag ends with it (`shop/checkout:1.8.0-errors`). Null: it is a good one. */
export function faultOf(image: string): Fault | null {
  const tag = tagOf(image)
  return FAULTS.find((fault) => tag.endsWith(`-${fault}`)) ?? null
}

/**
 * The image one minor version after the newest of a workload's, with a fault or none: after `shop/checkout:1.8.0` comes
 * `shop/checkout:1.9.0-errors`. A version that was rolled away from is not used again.
 */
export function nextImage(images: readonly string[], fault: Fault | null): string {
  const [image = 'workload'] = images
  const [name] = image.split(/[:@](?=[^/]*$)/)
  const [major, minor] = images.map(versionOf).reduce((newest, one) => (isNewer(one, newest) ? one : newest), [1, 0])
  return `${name}:${major}.${minor + 1}.0${fault === null ? '' : `-${fault}`}`
}

function versionOf(image: string): [major: number, minor: number] {
  const [, major = 1, minor = 0] = /^v?(\d+)\.(\d+)/.exec(tagOf(image)) ?? []
  return [Number(major), Number(minor)]
}

function isNewer([major, minor]: [number, number], [otherMajor, otherMinor]: [number, number]): boolean {
  return major > otherMajor || (major === otherMajor && minor > otherMinor)
}

/** What follows the last colon, unless that colon belongs to a registry's port. */
function tagOf(image: string): string {
  return /:([^/:]+)$/.exec(image.split('@')[0] ?? '')?.[1] ?? ''
}
