import type { ControlKind } from '../../lib/client/control-state.ts'
import type { Tone } from '../ui/tone.ts'

export const CONTROL_TONE: Record<ControlKind, Tone> = { acting: 'good', 'dry-run': 'dry', paused: 'hold', disabled: 'hold' }
