import { describe, expect, it } from '@jest/globals';
import { fillPage, type Page } from './fill-page.ts';

/** Rows are numbers from 1 on. */
function pagesOf(count: number, isShown: (row: number) => boolean) {
  const reads: number[] = [];
  const page = (limit: number, after?: number): Promise<Page<number, string>> =>
    fillPage(limit, after, {
      read: (wanted, from = 0) => {
        reads.push(from);
        return Promise.resolve(Array.from({ length: Math.min(wanted, count - from) }, (_, index) => from + index + 1));
      },
      show: (rows) => Promise.resolve(rows.map((row) => (isShown(row) ? `row ${String(row)}` : undefined))),
    });
  return { page, reads };
}

describe('a page of rows of which some are not shown', () => {
  it('is full while there are enough of them, wherever those lie that are not', async () => {
    const { page } = pagesOf(9, (row) => row > 4);
    expect(await page(2)).toEqual({ items: ['row 5', 'row 6'], last: 6 });
    expect(await page(2, 6)).toEqual({ items: ['row 7', 'row 8'], last: 8 });
    expect(await page(2, 8)).toEqual({ items: ['row 9'], last: undefined });
  });

  it('goes no further than it has shown, so that nothing is left out between two pages', async () => {
    const { page } = pagesOf(7, (row) => row !== 1);
    expect(await page(3)).toEqual({ items: ['row 2', 'row 3', 'row 4'], last: 4 });
    expect(await page(3, 4)).toEqual({ items: ['row 5', 'row 6', 'row 7'], last: undefined });
  });

  it('is read once where all are shown, and says that it is the last one', async () => {
    const { page, reads } = pagesOf(4, () => true);
    expect(await page(2)).toEqual({ items: ['row 1', 'row 2'], last: 2 });
    expect(await page(2, 2)).toEqual({ items: ['row 3', 'row 4'], last: undefined });
    expect(reads).toEqual([0, 2]);
  });

  it('is empty and the last one where none is shown', async () => {
    expect(await pagesOf(5, () => false).page(2)).toEqual({ items: [], last: undefined });
    expect(await pagesOf(0, () => true).page(2)).toEqual({ items: [], last: undefined });
  });

  it('reads a bounded number of rows, and then is short and says where it goes on', async () => {
    const { page, reads } = pagesOf(1_000, (row) => row > 9);
    expect(await page(2)).toEqual({ items: [], last: 8 });
    expect(reads).toEqual([0, 2, 4, 6]);
    expect(await page(2, 8)).toEqual({ items: ['row 10', 'row 11'], last: 11 });
  });
});
