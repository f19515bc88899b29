import { z } from 'zod'
import type { WorkloadRef } from '../core/workload.ts'
import { sameAs } from './same-as.ts'

/** Names as Kubernetes allows them (RFC 1123 label and subdomain). */
export const namespaceName = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'is no name of a namespace')
export const workloadName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, 'is no name of a workload')
export const workloadKind = z.literal('Deployment')

export const workloadRef = sameAs<WorkloadRef>()(z.strictObject({ namespace: namespaceName, kind: workloadKind, name: workloadName }))
