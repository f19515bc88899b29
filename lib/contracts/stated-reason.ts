import { z } from 'zod'

/** Why a person changes something: kept in the audit and shown beside what was done. */
export const statedReason = z.string().trim().min(1, 'say why').max(500, 'at most 500 characters')
