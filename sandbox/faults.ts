/** What a bad version does to its workload. */
export const FAULTS = ['errors', 'latency', 'crash-loop', 'memory-leak'] as const
export type Fault = (typeof FAULTS)[number]

/** The fault that an image carries: its tag ends with it (`shop/checkout:1.8.0-errors`). Null: it is a good one. */
export function faultOf(image: string): Fault | null {
  const tag = tagOf(image)
  return FAULTS.find((fault) => tag.endsWith(`-${fault}`)) ?? null
}

/** The image one minor version on, with a fault or none: `shop/checkout:1.8.0` becomes `shop/checkout:1.9.0-errors`. */
export function nextImage(image: string, fault: Fault | null): string {
  const [name] = image.split(/[:@](?=[^/]*$)/)
  const [, major = '1', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(tagOf(image)) ?? []
  return `${name}:${major}.${Number(minor) + 1}.0${fault === null ? '' : `-${fault}`}`
}

/** What follows the last colon, unless that colon belongs to a registry's port. */
function tagOf(image: string): string {
  return /:([^/:]+)$/.exec(image.split('@')[0] ?? '')?.[1] ?? ''
}
