import type { DeclaredValue, EnvironmentInput } from '../environment-input.ts';
import type { EnvironmentProblem, ValueSource } from '../resolved-variable.ts';
import type { Origin } from '../judge-candidate.ts';

/** What a level is asked about one variable. `declared` is absent for one that only a user's input names. */
export interface Question {
  readonly name: string;
  readonly declared: DeclaredValue | undefined;
  readonly input: EnvironmentInput;
  readonly report: (problem: Omit<EnvironmentProblem, 'variable'>) => void;
}

/** A candidate before it is judged. */
export interface Offer {
  readonly source: ValueSource;
  readonly value: string;
  readonly reason: string;
  readonly settingPaths?: readonly string[];
  readonly saved?: boolean;
  readonly eligible?: boolean;
  /** Names its `${…}` refer to that have no value. */
  readonly unset?: readonly string[];
  readonly origin?: Omit<Origin, 'override'>;
}

export type Level = (question: Question) => readonly Offer[];
