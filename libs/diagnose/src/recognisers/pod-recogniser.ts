import type { KubeObject } from '@ushadow/kubernetes';
import type { Evidence } from '../failure.ts';
import type { FailureCode } from '../failure-code.ts';
import type { EventFact } from '../event-fact.ts';
import type { Finality } from '../finding.ts';
import type { DiagnosisContext } from '../diagnosis-context.ts';

export interface PodFacts {
  readonly pod: KubeObject;
  readonly events: readonly EventFact[];
  /** All pods of the same revision of the same workload. */
  readonly siblings: readonly KubeObject[];
  readonly context: DiagnosisContext;
}

/** What supports a row: where it was seen and what it said. */
export interface PodObservation {
  readonly path: string;
  readonly value: string;
}

export interface PodRecogniser {
  readonly code: FailureCode;
  readonly family: string;
  readonly rank: number;
  readonly finality: Finality | ((facts: PodFacts, seen: PodObservation) => Finality);
  readonly graceMs?: number;
  /** Undefined where it does not apply. */
  readonly observation: (facts: PodFacts) => PodObservation | undefined;
  readonly message: (facts: PodFacts, text: string) => string;
  readonly remedy: (facts: PodFacts, text: string) => string;
  /** What to change, as a path in the pod spec; empty for the pod itself. */
  readonly field?: (facts: PodFacts, text: string) => string;
  readonly evidence?: (facts: PodFacts, text: string) => readonly Evidence[];
  /** How many times it has happened, where rows are final by that. */
  readonly deaths?: (facts: PodFacts) => number;
}
