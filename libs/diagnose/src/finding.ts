import type { KubeObject } from '@ushadow/kubernetes';
import type { Evidence } from './failure.ts';
import type { FailureCode } from './failure-code.ts';

/** When a finding fails the deployment. All conditions given must hold. */
export type Finality =
  | { readonly kind: 'at-once' }
  /** Never by itself: the stall limit decides. */
  | { readonly kind: 'wait' }
  /** A warning only. */
  | { readonly kind: 'soft' }
  | {
      readonly kind: 'after';
      readonly ms?: number;
      readonly observations?: number;
      readonly restarts?: number;
      readonly deaths?: number;
    };

/** One thing found wrong with a desired object, at one moment. */
export interface Finding {
  readonly code: FailureCode;
  /** Findings of one family at one place replace each other; the lower rank is the closer cause. */
  readonly family: string;
  readonly rank: number;
  readonly finality: Finality;
  /** Not reported before it has lasted this long: every start looks like this for a moment. */
  readonly graceMs?: number;
  readonly message: string;
  readonly remedy: string;
  /** Path in the desired object of what is to be changed. */
  readonly field?: string;
  readonly container?: string;
  readonly pod?: KubeObject;
  /** How often it was started again. */
  readonly restarts: number;
  /** How often it has ended, the present run counted only when it is over. */
  readonly deaths: number;
  /** Changes whenever the trouble was really seen again. */
  readonly token: string;
  /** True when text said more than the bare state: it is not replaced by a vaguer finding. */
  readonly specific: boolean;
  readonly evidence: readonly Evidence[];
}
