/** A table as it is, of which each call fetches only the rows that have been written since the one before. No row may go. */
export class TableMirror<Row extends object> {
  readonly #writtenSince: (transaction: string) => Promise<readonly (Row & { readonly horizon: string })[]>;
  readonly #keyOf: (row: Row) => string;
  readonly #rows = new Map<string, Row>();
  #horizon = '0';

  constructor(
    writtenSince: (transaction: string) => Promise<readonly (Row & { readonly horizon: string })[]>,
    keyOf: (row: Row) => string,
  ) {
    this.#writtenSince = writtenSince;
    this.#keyOf = keyOf;
  }

  async read(): Promise<readonly Row[]> {
    const written = await this.#writtenSince(this.#horizon);
    for (const row of written) this.#rows.set(this.#keyOf(row), row);
    this.#horizon = written[0]?.horizon ?? this.#horizon;
    return [...this.#rows.values()];
  }
}
