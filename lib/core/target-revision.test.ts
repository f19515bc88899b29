import { describe, expect, test } from 'vitest'
import { aCandidate, aRevision, MINUTE } from '../testing/builders.ts'
import type { Candidate } from './decision.ts'
import { pickTarget } from './target-revision.ts'

const current = aRevision({ number: 42 })
const SAME = { materialFingerprint: current.materialFingerprint }

const CHOOSE = { askedUid: null, goodAfterMs: 10 * MINUTE, mustBeProven: true }
const BY_HAND = { ...CHOOSE, mustBeProven: false }

describe('the newest revision that is good', () => {
  test.each<[string, Candidate[], number | null, string]>([
    ['is the one before', [aCandidate({ number: 41 }), aCandidate({ number: 40 })], 41, 'target_good'],
    ['is not a condemned one', [aCandidate({ number: 41, condemned: true }), aCandidate({ number: 40 })], 40, 'target_good'],
    ['is not one that runs the same', [aCandidate({ number: 41, ...SAME }), aCandidate({ number: 40 })], 40, 'target_good'],
    ['is never the current one', [aCandidate({ number: 42 }), aCandidate({ number: 41 })], 41, 'target_good'],
    ['is missing when there is no other', [], null, 'no_target'],
    ['is missing when there is only the current one', [aCandidate({ number: 42 })], null, 'no_target'],
    ['is missing when all run the same', [aCandidate({ number: 41, ...SAME }), aCandidate({ number: 40, ...SAME })], null, 'target_same'],
    [
      'is missing when all that differ are condemned',
      [aCandidate({ number: 41, condemned: true }), aCandidate({ number: 40, ...SAME })],
      null,
      'target_condemned',
    ],
  ])('%s', (_, candidates, number, reason) => {
    const { target, reason: given } = pickTarget(current, candidates, CHOOSE)
    expect({ number: target?.number ?? null, reason: given }).toEqual({ number, reason })
  })

  test("is not kubectl's previous: after an undo that is the bad one", () => {
    const goodAgain = aRevision({ number: 43, materialFingerprint: 'material-41' })
    const candidates = [aCandidate({ number: 42, condemned: true }), aCandidate({ number: 40 })]
    expect(pickTarget(goodAgain, candidates, CHOOSE).target?.number).toBe(40)
  })
})

describe('the revision that a person named', () => {
  const candidates = [aCandidate({ number: 41, condemned: true }), aCandidate({ number: 40, ...SAME }), aCandidate({ number: 39 })]

  test.each([
    ['may be any that is there', 'rs-39', 39, 'target_good'],
    ['may be condemned', 'rs-41', 41, 'target_good'],
    ['may run the same under another template', 'rs-40', 40, 'target_good'],
    ['may not be the current one', 'rs-42', null, 'target_same'],
    ['must have its ReplicaSet', 'rs-7', null, 'target_gone'],
  ] as const)('%s', (_, uid, number, reason) => {
    const { target, reason: given } = pickTarget(current, candidates, { ...BY_HAND, askedUid: uid })
    expect({ number: target?.number ?? null, reason: given }).toEqual({ number, reason })
  })

  test('may not have the template that is there already', () => {
    const twin = aCandidate({ number: 38, templateFingerprint: current.templateFingerprint })
    expect(pickTarget(current, [twin], { ...BY_HAND, askedUid: 'rs-38' })).toEqual({ target: null, reason: 'target_same' })
  })
})

describe('a revision that has to be proven', () => {
  const MOMENT = { ms: 9 * MINUTE, source: 'watched' } as const
  const LONG = { ms: 10 * MINUTE, source: 'replica_set' } as const

  test.each<[string, Parameters<typeof aCandidate>[0][], number | null, string]>([
    ['served for long enough', [{ number: 41, served: LONG }], 41, 'target_good'],
    [
      'did not: an older one is taken',
      [
        { number: 41, served: MOMENT },
        { number: 40, served: LONG },
      ],
      40,
      'target_good',
    ],
    [
      'was blamed for an alert: an older one is taken',
      [
        { number: 41, served: LONG, blamed: true },
        { number: 40, served: LONG },
      ],
      40,
      'target_good',
    ],
    ['did not, and there is no other', [{ number: 41, served: MOMENT }], null, 'target_unproven'],
    ['never served', [{ number: 41, served: { ms: 0, source: 'watched' } }], null, 'target_unproven'],
    ['is on record from before this was asked', [{ number: 41 }], 41, 'target_good'],
  ])('%s', (_, candidates, number, reason) => {
    const { target, reason: given } = pickTarget(current, candidates.map(aCandidate), CHOOSE)
    expect({ number: target?.number ?? null, reason: given }).toEqual({ number, reason })
  })

  test('is preferred by a person who names none, and one that is not proven is taken for want of it', () => {
    const blamed = aCandidate({ number: 41, served: LONG, blamed: true })
    expect(pickTarget(current, [blamed, aCandidate({ number: 40, served: MOMENT })], BY_HAND).target?.number).toBe(40)
    expect(pickTarget(current, [blamed], BY_HAND).target?.number).toBe(41)
    const tried = aCandidate({ number: 41, served: MOMENT })
    expect(pickTarget(current, [tried, aCandidate({ number: 40, served: LONG })], BY_HAND).target?.number).toBe(40)
  })
})
