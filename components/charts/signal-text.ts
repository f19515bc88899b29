import type { SignalUnit } from '../../lib/core/signal-unit.ts'

const BYTES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** A reading as people say it: `12.1 %`, `812 ms`, `1.4 GB`, `3`. */
export function signalText(value: number, unit: SignalUnit, locale: string): string {
  switch (unit) {
    case 'ratio':
      return number(locale, value, { style: 'percent', maximumFractionDigits: 1 })
    case 'seconds':
      return Math.abs(value) < 1
        ? number(locale, value * 1_000, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 })
        : number(locale, value, { style: 'unit', unit: 'second', maximumFractionDigits: value < 10 ? 2 : 0 }).replace(/sec$/, 's')
    case 'bytes': {
      const step = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)))
      return number(locale, value / 1_000 ** step, { style: 'unit', unit: BYTES[step], maximumFractionDigits: 1 })
    }
    case 'count':
      return number(locale, value, { maximumSignificantDigits: 3 })
  }
}

function number(locale: string, value: number, options: Intl.NumberFormatOptions): string {
  // The unit stays with its number.
  return new Intl.NumberFormat(locale, options).format(value).replaceAll(' ', '\u00a0')
}
