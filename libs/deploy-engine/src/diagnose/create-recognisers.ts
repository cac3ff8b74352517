import type { FailureCode } from '../failure-code.ts';
import type { Finality } from './finding.ts';

/** Why a controller could not create pods, by the text it gives. First match wins. */
export interface CreateRecogniser {
  readonly code: FailureCode;
  readonly rank: number;
  readonly finality: Finality;
  readonly text: RegExp;
  readonly remedy: string;
}

export const CREATE_RECOGNISERS: readonly CreateRecogniser[] = [
  {
    code: 'POD_SECURITY_VIOLATED',
    rank: 10,
    finality: { kind: 'at-once' },
    text: /violates PodSecurity/,
    remedy: 'change what the message names, or relax the namespace’s pod security level',
  },
  {
    code: 'ADMISSION_DENIED',
    rank: 10,
    finality: { kind: 'at-once' },
    text: /admission webhook .* denied the request|ValidatingAdmissionPolicy/,
    remedy: 'follow the policy’s message, or ask a cluster administrator for an exception',
  },
  {
    code: 'QUOTA_EXCEEDED',
    rank: 20,
    finality: { kind: 'at-once' },
    text: /exceeded quota/,
    remedy: 'ask for less, remove something else, or have the quota raised',
  },
  {
    code: 'LIMIT_RANGE_VIOLATED',
    rank: 20,
    finality: { kind: 'at-once' },
    text: /(minimum|maximum) \S+ usage per/,
    remedy: 'set requests and limits inside the range',
  },
  {
    // In a new namespace the default account appears a moment later.
    code: 'SERVICE_ACCOUNT_MISSING',
    rank: 20,
    finality: { kind: 'after', ms: 10_000 },
    text: /service ?account .*not found/i,
    remedy: 'create the ServiceAccount, or name another one',
  },
  {
    code: 'POD_CREATE_FAILED',
    rank: 21,
    finality: { kind: 'wait' },
    text: /./,
    remedy: 'correct what the message names',
  },
];
