import { describe, expect, it } from 'vitest'
import { faultOf, nextImage } from './faults.ts'

describe('the fault of an image', () => {
  it.each([
    ['shop/checkout:1.8.0-errors', 'errors'],
    ['registry.local:5000/shop/checkout:1.8.0-latency', 'latency'],
    ['checkout:2.0-crash-loop', 'crash-loop'],
    ['checkout:2.0-memory-leak@sha256:abc', 'memory-leak'],
  ])('%s carries %s', (image, fault) => {
    expect(faultOf(image)).toBe(fault)
  })

  it.each(['shop/checkout:1.8.0', 'shop/checkout', 'shop/x-errors:1.0', 'registry:5000/x-errors', 'shop/checkout:errors-fixed'])(
    '%s carries none',
    (image) => {
      expect(faultOf(image)).toBeNull()
    },
  )
})

describe('the next image', () => {
  it.each([
    [['shop/checkout:1.8.0'], null, 'shop/checkout:1.9.0'],
    [['shop/checkout:1.8.3-errors'], 'latency', 'shop/checkout:1.9.0-latency'],
    [['registry:5000/shop/checkout'], 'errors', 'registry:5000/shop/checkout:1.1.0-errors'],
    [['checkout:1.9.0@sha256:abc'], null, 'checkout:1.10.0'],
    [['checkout:2.6.0', 'checkout:2.7.0-errors', 'checkout:1.12.0'], 'errors', 'checkout:2.8.0-errors'],
  ] as const)('after %j with %s is %s', (images, fault, next) => {
    expect(nextImage(images, fault)).toBe(next)
  })
})
