import type { Pages } from '../../../api/use-pages.ts';

type ListState = 'unknown' | 'stacks' | 'more' | 'none' | 'none-fits';

/**
 * What the list of stacks has to show. A page without any need not be the last one: what is left in removed clusters is
 * not shown. That there is none is said only once nothing is left to read.
 */
export function listState(
  { items, hasMore }: Pick<Pages<unknown>, 'items' | 'hasMore'>,
  isFiltered: boolean,
): ListState {
  if (items === undefined) return 'unknown';
  if (items.length > 0) return 'stacks';
  if (hasMore) return 'more';
  return isFiltered ? 'none-fits' : 'none';
}
