import { API } from '../../../lib/contracts/api.ts'
import { openapi } from '../../../lib/contracts/openapi.ts'
import { getOpenapi } from '../../../lib/contracts/openapi-file.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(getOpenapi, ({ deps }) => openapi(API, deps.env.version))

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET)
