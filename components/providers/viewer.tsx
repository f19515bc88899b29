'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { includesRole, type Role } from '../../lib/core/role.ts'

export interface Viewer {
  /** Null: the database did not answer, so nobody knows; then the role is the least. */
  email: string | null
  role: Role
}

const ViewerContext = createContext<Viewer>({ email: null, role: 'viewer' })

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>
}

/** Who looks at the page. The server asks again at every call; this is for what one is shown. */
export function useViewer(): Viewer {
  return useContext(ViewerContext)
}

export function useMay(role: Role): boolean {
  return includesRole(useViewer().role, role)
}
