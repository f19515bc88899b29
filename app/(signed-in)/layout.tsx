import type { ReactNode } from 'react'
import { BreakerStrip } from '../../components/breaker/breaker-strip.tsx'
import { ControlButton } from '../../components/control/control-button.tsx'
import { ControlStrip } from '../../components/control/control-strip.tsx'
import { Hydrated } from '../../components/providers/hydrated.tsx'
import { LiveProvider } from '../../components/providers/live.tsx'
import { QueryCache } from '../../components/providers/query-cache.tsx'
import { ViewerProvider } from '../../components/providers/viewer.tsx'
import { Shell } from '../../components/shell/shell.tsx'
import { requireViewer } from '../../lib/server/auth-page.ts'
import { prefetch } from '../../lib/server/prefetch.ts'

/** What stands around every page of whoever is signed in. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer()
  const state = await prefetch((queries, from) => [
    queries.controlQuery(from),
    queries.breakerQuery(from),
    queries.openIncidentsQuery(from),
  ])
  return (
    <QueryCache>
      <Hydrated state={state}>
        <ViewerProvider viewer={viewer}>
          <LiveProvider>
            <Shell
              control={<ControlButton />}
              strip={
                <>
                  <BreakerStrip />
                  <ControlStrip />
                </>
              }
            >
              {children}
            </Shell>
          </LiveProvider>
        </ViewerProvider>
      </Hydrated>
    </QueryCache>
  )
}
