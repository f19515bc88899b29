import { queryOptions } from '@tanstack/react-query'
import { getControl } from '../contracts/control.ts'
import { call, type Origin } from './api.ts'

/** Whether automation is enabled, paused or in dry run: the one control row. */
export function controlQuery(from?: Origin) {
  return queryOptions({ queryKey: ['control'], queryFn: ({ signal }) => call(getControl, {}, { signal, from }) })
}
