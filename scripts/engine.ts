// The engine without the pages.
import { startInProcess } from '../lib/server/process.ts'

startInProcess()
