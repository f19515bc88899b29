import { type ClassValue, clsx } from 'clsx'
import { twMerge } from 'tailwind-merge'

/** Classes as one text; of two that set the same thing the later one holds. */
export function classNames(...values: ClassValue[]): string {
  return twMerge(clsx(values))
}
