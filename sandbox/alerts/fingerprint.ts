import type { Labels } from '../../lib/core/alert.ts'

const OFFSET = 14_695_981_039_346_656_037n
const PRIME = 1_099_511_628_211n
const SEPARATOR = 0xff

/** Alertmanager's hash of a label set: FNV-1a of 64 bits over the sorted names and values (prometheus/common `model/signature.go`). */
export function fingerprintOf(labels: Labels): string {
  let hash = OFFSET
  const add = (byte: number) => {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME)
  }
  for (const name of Object.keys(labels).sort()) {
    for (const text of [name, labels[name] ?? '']) {
      Buffer.from(text).forEach(add)
      add(SEPARATOR)
    }
  }
  return hash.toString(16).padStart(16, '0')
}
