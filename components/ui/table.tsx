import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export interface Column<Row> {
  key: string
  header: ReactNode
  /** Null: there is nothing to say of it, and a phone leaves it out. */
  cell: (row: Row) => ReactNode
  /** Numbers stand at the right. */
  numeric?: boolean
  /** The row's name: a heading of the row, and of its entry on a phone. Exactly one column. */
  isName?: boolean
  /** On a phone it stands without its heading: what it says needs none. */
  isPlain?: boolean
}

interface TableProps<Row> {
  /** Says what the table holds, for who listens. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}

/** A table on a screen, a list of entries on a phone: one markup, so that nothing overflows and nothing is said twice. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  return (
    // Explicit roles: a table that is shown as blocks loses its own in some browsers.
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table role="table" className="w-full border-collapse text-left max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead className="max-sm:sr-only">
        <tr>
          {columns.map(({ key, header, numeric }) => (
            <th
              key={key}
              scope="col"
              className={classNames(
                'border-b border-line px-3 py-2 text-xs font-semibold text-text-3 first:pl-0 last:pr-0',
                numeric && 'text-right',
              )}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map((row) => (
          <tr key={rowKey(row)} className="border-b border-line last:border-0 max-sm:block max-sm:py-2.5">
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { header, cell, numeric, isName, isPlain } = column
  const classes = classNames(
    'px-3 py-2.5 align-top first:pl-0 last:pr-0 max-sm:px-0 max-sm:py-0.5',
    numeric && 'sm:text-right sm:tabular-nums',
  )
  if (isName) {
    return (
      <th scope="row" className={classNames(classes, 'font-semibold max-sm:block')}>
        {cell(row)}
      </th>
    )
  }
  const content = cell(row)
  if (isPlain) return <td className={classNames(classes, 'break-words max-sm:block')}>{content}</td>
  return (
    <td className={classNames(classes, content === null ? 'max-sm:hidden' : 'max-sm:flex max-sm:justify-between max-sm:gap-4')}>
      <span aria-hidden className="shrink-0 text-text-3 sm:hidden">
        {header}
      </span>
      <span className="min-w-0 break-words max-sm:text-right">{content}</span>
    </td>
  )
}
