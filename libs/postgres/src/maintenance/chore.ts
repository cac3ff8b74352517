import type { Queries } from '../queries.ts';

/** What a step has done. */
export interface ChoreStep {
  /** Rows that went, or were made smaller. */
  readonly gone: number;
  /** Where the next step begins; absent: that was the last one. */
  readonly next?: string;
}

/** Something that is looked through for what nobody needs any more, in steps that are short transactions each. */
export interface Chore {
  readonly name: string;
  /** `after`: what the step before it gave as `next`. */
  step(queries: Queries, now: Date, after: string | undefined): Promise<ChoreStep>;
}
