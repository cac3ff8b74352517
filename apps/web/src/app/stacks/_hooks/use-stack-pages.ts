import type { StackSummaryData } from '@ushadow/contracts';
import { usePages, type PageReader, type Pages } from '../../../api/use-pages.ts';

const POLL_MS = 5_000;

const reader: PageReader<'listStacks', StackSummaryData> = {
  itemsOf: ({ stacks }) => stacks,
  nextOf: ({ next_cursor: cursor }) => (cursor === null ? null : { cursor }),
  keyOf: ({ stack_id: id }) => id,
};

export interface StackFilter {
  readonly clusterId: string | null;
  readonly project: string | null;
}

export function useStackPages({ clusterId, project }: StackFilter): Pages<StackSummaryData> {
  const scope = {
    ...(clusterId === null ? {} : { cluster_id: clusterId }),
    ...(project === null ? {} : { project }),
  };
  return usePages('listStacks', scope, reader, POLL_MS);
}
