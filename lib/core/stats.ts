/** From where to where a share may lie. */
export interface Interval {
  low: number
  high: number
}

/**
 * The exact interval of a share: `hits` among `trials`, both sides together wrong in no more than 1 − confidence of all cases. It is never
 * narrower than that, also for zero hits, where the usual approximations say "certain". Without trials anything is possible.
 * Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934).
 */
export function exactInterval(hits: number, trials: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2
  return { low: lowerBound(hits, trials, tail), high: upperBound(hits, trials, tail) }
}

/**
 * The largest share that would still show no more than `hits` among `trials` with the chance `tail`. One-sided: zero among 150 says
 * "below 2 %" with 95 % confidence (`tail` 0.05).
 */
export function upperBound(hits: number, trials: number, tail: number): number {
  return hits >= trials ? 1 : bisect((share) => chanceOfAtMost(hits, trials, share) > tail)
}

function lowerBound(hits: number, trials: number, tail: number): number {
  return hits <= 0 ? 0 : bisect((share) => 1 - chanceOfAtMost(hits - 1, trials, share) < tail)
}

/** The share up to which it holds. */
function bisect(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Of the binomial distribution. In logarithms: the terms of a large `trials` are too small for a number. */
function chanceOfAtMost(hits: number, trials: number, share: number): number {
  if (share <= 0) return 1
  if (share >= 1) return hits >= trials ? 1 : 0
  let logOfTerm = trials * Math.log1p(-share)
  let sum = Math.exp(logOfTerm)
  for (let count = 1; count <= hits; count++) {
    logOfTerm += Math.log((trials - count + 1) / count) + Math.log(share) - Math.log1p(-share)
    sum += Math.exp(logOfTerm)
  }
  return Math.min(1, sum)
}
