import type { Client, StackSummaryData } from '@ushadow/contracts';
import type { Gateway } from './with-gateway.ts';

type Filter = Omit<Parameters<Client['listStacks']>[0], 'cursor'>;

/** All stacks that fit, page by page: one may be short, or empty, and not the last. */
export async function allStacks({ client }: Gateway, filter: Filter): Promise<StackSummaryData[]> {
  const all: StackSummaryData[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await client.listStacks({ ...filter, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.stacks);
    cursor = page.next_cursor;
  }
  return all;
}
