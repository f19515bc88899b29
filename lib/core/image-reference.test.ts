import { describe, expect, test } from 'vitest'
import { imageReference } from './image-reference.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('are the same', () => {
  test.each([
    ['no tag and latest', 'shop/checkout', 'shop/checkout:latest'],
    ['with a registry and its port', 'registry.example:5000/checkout', 'registry.example:5000/checkout:latest'],
    ['a digest with and without a tag', `shop/checkout:1.5@${DIGEST}`, `shop/checkout@${DIGEST}`],
    ["Docker Hub's own images", 'docker.io/nginx:1', 'docker.io/library/nginx:1'],
    ['its older name', 'index.docker.io/shop/checkout:1', 'docker.io/shop/checkout:1'],
    ['blanks around it', ' checkout:1 ', 'checkout:1'],
  ])('%s', (_, one, other) => {
    expect(imageReference(one)).toBe(imageReference(other))
  })
})

describe('are not taken for the same', () => {
  test.each([
    ['another tag', 'checkout:1', 'checkout:2'],
    ['a tag and a digest: which one it was then, nobody knows', 'checkout:1', `checkout@${DIGEST}`],
    ['another digest', `checkout@${DIGEST}`, `checkout@sha256:${'b'.repeat(64)}`],
    ['another registry', 'registry.example/checkout:1', 'mirror.example/checkout:1'],
    ['a short name: the runtime says where that is', 'nginx:1', 'docker.io/library/nginx:1'],
    ['another case of the tag', 'checkout:RC1', 'checkout:rc1'],
    ['a port and a tag', 'checkout:5000', 'checkout:5000/checkout'],
  ])('%s', (_, one, other) => {
    expect(imageReference(one)).not.toBe(imageReference(other))
  })
})
