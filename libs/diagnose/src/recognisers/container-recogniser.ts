import type { Evidence } from '../failure.ts';
import type { FailureCode } from '../failure-code.ts';
import type { ContainerFacts } from '../container-facts.ts';
import { explainExit } from '../exit-codes.ts';
import type { Finality } from '../finding.ts';

/** One row: a state that must hold, what refines it, and what to say to people. */
export interface ContainerRecogniser {
  readonly code: FailureCode;
  readonly family: string;
  readonly rank: number;
  readonly finality: Finality | ((facts: ContainerFacts) => Finality);
  readonly graceMs?: (facts: ContainerFacts) => number;
  /** The state it shows in; without it the row does not match. */
  readonly state: (facts: ContainerFacts) => boolean;
  /** Text that makes it this code; a row without text is the general one of its family. */
  readonly text?: RegExp;
  readonly message: (facts: ContainerFacts) => string;
  readonly remedy: (facts: ContainerFacts) => string;
  /** What to change, as a path in the container; empty for the container itself. */
  readonly field: (facts: ContainerFacts) => string;
  readonly evidence?: (facts: ContainerFacts) => readonly Evidence[];
}

export const waits =
  (...reasons: readonly string[]) =>
  (facts: ContainerFacts): boolean =>
    reasons.includes(facts.waitingReason);

export const hasEvent =
  (reason: string) =>
  (facts: ContainerFacts): boolean =>
    facts.events.some((event) => event.reason === reason);

/** `exit code 1 (an error of the application)`. */
export const ending = (facts: ContainerFacts): string =>
  facts.ended === undefined ? 'it ended' : explainExit(facts.ended.exitCode);
