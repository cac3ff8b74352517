import type { PodParts } from './pod-parts.ts';
import type { PodSecurityViolation } from './violation.ts';

export type Finding = Pick<PodSecurityViolation, 'pointer' | 'what'>;

/** One control of a level: where a pod does what it forbids. */
export interface Control {
  readonly name: string;
  readonly find: (pod: PodParts) => readonly Finding[];
}
