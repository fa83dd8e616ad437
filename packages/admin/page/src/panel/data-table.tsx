import { showText } from '../numbers/format-value.ts';
import type { Table } from './csv.ts';

interface Props {
  readonly caption: string;
  readonly table: Table;
  readonly unit: string;
  /** The currency of a column or a row, where its numbers are money. */
  readonly currencyOf?: (row: number, column: number) => string | undefined;
}

const MOST_ROWS = 200;

/** A plain table that scrolls within its card; its numbers stand under each other. */
export function DataTable({ caption, table, unit, currencyOf }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={typeof table.rows[0]?.[index] === 'number' ? 'number' : undefined}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, MOST_ROWS).map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name.
            <tr key={rowIndex}>
              {row.map((cell, index) => (
                <td
                  key={table.columns[index]}
                  className={typeof cell === 'string' ? 'text' : 'number'}
                  title={
                    typeof cell === 'number'
                      ? showText(cell, unit, {
                          currency: currencyOf?.(rowIndex, index),
                          exact: true,
                        })
                      : (cell ?? undefined)
                  }
                >
                  {typeof cell === 'string'
                    ? cell
                    : showText(cell, unit, { currency: currencyOf?.(rowIndex, index) })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length > MOST_ROWS && (
        <p className="card-note">
          The first {MOST_ROWS} of {table.rows.length} rows; the CSV file has all.
        </p>
      )}
    </section>
  );
}
