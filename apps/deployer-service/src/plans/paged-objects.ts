import type { PlanData } from '@ushadow/contracts';
import type { FieldChange } from '@ushadow/deploy-engine';

/** Well within what the bus carries: the rest of the answer is in each page too. */
const PAGE_BYTES = 400_000;
/** A whole file may stand in one value. */
const VALUE_CHARACTERS = 8_000;

/** At least one item, then as many as fit. */
export function pageOf<Item, Shown>(
  items: readonly Item[],
  from: number,
  show: (item: Item) => Shown,
): { readonly page: Shown[]; readonly next: number | undefined } {
  const page: Shown[] = [];
  let room = PAGE_BYTES;
  for (const item of items.slice(from)) {
    const shown = show(item);
    room -= Buffer.byteLength(JSON.stringify(shown));
    if (room < 0 && page.length > 0) return { page, next: from + page.length };
    page.push(shown);
  }
  return { page, next: undefined };
}

/** Of a long value only the start is told. */
export function shortened({ before, after, ...change }: FieldChange): PlanData['objects'][number]['changes'][number] {
  const isLong = [before, after].some((value) => value !== undefined && value.length > VALUE_CHARACTERS);
  const start = (value: string): string =>
    value.length > VALUE_CHARACTERS ? `${value.slice(0, VALUE_CHARACTERS)}…` : value;
  return {
    ...change,
    ...(before === undefined ? {} : { before: start(before) }),
    ...(after === undefined ? {} : { after: start(after) }),
    ...(isLong ? { cut: true } : {}),
  };
}
