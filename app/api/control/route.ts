import { getControl, postControl } from '../../../lib/contracts/control.ts'
import { readControl } from '../../../lib/engine/read-control.ts'
import { steerAutomation } from '../../../lib/engine/steer-automation.ts'
import { defineRoute } from '../../../lib/server/define-route.ts'
import { otherMethods } from '../../../lib/server/refusals.ts'

export const GET = defineRoute(getControl, ({ deps }) => readControl(deps))

export const POST = defineRoute(postControl, ({ deps, body, caller }) => steerAutomation(deps, { command: body, caller }))

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST)
