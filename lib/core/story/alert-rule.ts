import type { Comparison } from '../signal.ts'

/** A rule that the stories' Prometheus has loaded. */
export interface RuleTold {
  name: string
  comparison: Comparison
  threshold: number
  /** It reads a ratio or a quantile of requests, which says nothing without requests. */
  isOfRequests: boolean
  /** What it reads while all is well. */
  healthy: number
}

/** Share of requests answered with 5xx. */
export const ERROR_RATE: RuleTold = { name: 'HighErrorRate', comparison: '>', threshold: 0.05, isOfRequests: true, healthy: 0.002 }
/** 95th percentile, in seconds. */
export const P95_LATENCY: RuleTold = { name: 'HighLatency', comparison: '>', threshold: 0.5, isOfRequests: true, healthy: 0.15 }
/** Restarts a second of a container. */
export const CRASH_LOOP: RuleTold = { name: 'PodCrashLooping', comparison: '>', threshold: 0, isOfRequests: false, healthy: 0 }
/** Memory as a share of its limit that the slope of the last minutes leads to within a quarter of an hour. */
export const MEMORY_SLOPE: RuleTold = { name: 'MemoryLeak', comparison: '>', threshold: 0.95, isOfRequests: false, healthy: 0.4 }
/** Replicas that are wanted and not available. */
export const REPLICAS_MISSING: RuleTold = { name: 'ReplicasMissing', comparison: '>', threshold: 0, isOfRequests: false, healthy: 0 }
