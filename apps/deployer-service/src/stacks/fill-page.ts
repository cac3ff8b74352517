/** So often a page is read on, before it is answered short: each time what is read is asked for in its clusters. */
const READS_MAX = 4;

interface PageSource<Place, Row extends Place, Item> {
  /** The first rows after a place, or from the start. */
  readonly read: (count: number, after: Place | undefined) => Promise<Row[]>;
  /** The items that rows become, in their order; undefined for a row that is not shown. */
  readonly show: (rows: readonly Row[]) => Promise<readonly (Item | undefined)[]>;
}

export interface Page<Place, Item> {
  readonly items: readonly Item[];
  /** After what the next page starts; undefined after the last one. */
  readonly last: Place | undefined;
}

/** A page of what is shown of rows: read on where some are not, until the page is full or no row is left. */
export async function fillPage<Place, Row extends Place, Item>(
  limit: number,
  after: Place | undefined,
  { read, show }: PageSource<Place, Row, Item>,
): Promise<Page<Place, Item>> {
  const items: Item[] = [];
  let last = after;
  for (let reads = 0; reads < READS_MAX; reads += 1) {
    const found = await read(limit + 1, last);
    const rows = found.slice(0, limit);
    const shown = await show(rows);
    for (const [index, row] of rows.entries()) {
      const item = shown[index];
      last = row;
      if (item === undefined) continue;
      items.push(item);
      const isLast = index === found.length - 1;
      if (items.length === limit) return { items, last: isLast ? undefined : last };
    }
    if (found.length <= limit) return { items, last: undefined };
  }
  return { items, last };
}
