import type { Evidence } from '../failure.ts';
import type { FailureCode } from '../failure-code.ts';
import type { Finality } from '../finding.ts';
import { explainViolations } from '../pod-security-rules.ts';
import type { DiagnosisContext } from '../diagnosis-context.ts';

/** Why a controller could not create pods, by the text it gives. First match wins. */
export interface CreationRecogniser {
  readonly code: FailureCode;
  readonly rank: number;
  readonly finality: Finality;
  readonly text: RegExp;
  readonly remedy: (text: string, podSpecPath: string, brought: DiagnosisContext['brought']) => string;
  /** Path in the desired object. */
  readonly field?: (text: string, podSpecPath: string) => string | undefined;
  readonly evidence?: (text: string, podSpecPath: string) => readonly Evidence[];
}

export const CREATION_RECOGNISERS: readonly CreationRecogniser[] = [
  {
    code: 'POD_SECURITY_VIOLATED',
    rank: 10,
    finality: { kind: 'at-once' },
    text: /violates PodSecurity/,
    remedy: (text, podSpecPath) => explainViolations(text, podSpecPath).remedy,
    field: (text, podSpecPath) => explainViolations(text, podSpecPath).field,
    evidence: (text, podSpecPath) => explainViolations(text, podSpecPath).evidence,
  },
  {
    code: 'ADMISSION_DENIED',
    rank: 10,
    finality: { kind: 'at-once' },
    text: /admission webhook .* denied the request|ValidatingAdmissionPolicy/,
    remedy: () => 'follow the policy’s message, or ask a cluster administrator for an exception',
  },
  {
    code: 'ADMISSION_WEBHOOK_DOWN',
    rank: 11,
    finality: { kind: 'wait' },
    text: /failed calling webhook/,
    remedy: () => 'bring the webhook’s service back, or ask a cluster administrator to exempt this namespace',
  },
  {
    code: 'QUOTA_EXCEEDED',
    rank: 20,
    finality: { kind: 'at-once' },
    text: /exceeded quota/,
    remedy: () => 'ask for less, remove something else, or have the quota raised',
    field: (text, podSpecPath) =>
      /requested: [^:]*(cpu|memory)/.test(text) ? `${podSpecPath}.containers[0].resources` : 'spec.replicas',
    evidence: quotaFigures,
  },
  {
    code: 'LIMIT_RANGE_VIOLATED',
    rank: 20,
    finality: { kind: 'at-once' },
    text: /(minimum|maximum) \S+ usage per|max(imum)? limit to request ratio/,
    remedy: () => 'set requests and limits inside the range',
    field: (_, podSpecPath) => `${podSpecPath}.containers[0].resources`,
  },
  {
    // In a new namespace the default account appears a moment later.
    code: 'SERVICE_ACCOUNT_MISSING',
    rank: 20,
    finality: { kind: 'after', ms: 10_000 },
    text: /service ?account .*not found/i,
    remedy: (text, _path, brought) => {
      const name = /serviceaccount "([^"]+)"/i.exec(text)?.[1] ?? '';
      return brought('ServiceAccount', name) === undefined
        ? `this deployment does not bring the ServiceAccount ${name}: create it, or name another one`
        : 'wait: it has been written since';
    },
    field: (_, podSpecPath) => `${podSpecPath}.serviceAccountName`,
  },
  {
    code: 'POD_CREATE_FAILED',
    rank: 21,
    finality: { kind: 'wait' },
    text: /./,
    remedy: () => 'correct what the message names',
    field: (text, podSpecPath) => {
      const [, path] = /(spec\.[\w.[\]"=]+): (?:Invalid|Required|Forbidden|Unsupported)/.exec(text) ?? [];
      return path?.replace(/^spec/, podSpecPath);
    },
  },
];

/** The three figures of each resource: asked, used, allowed. */
export function quotaFigures(text: string): Evidence[] {
  const [, name = '', list = ''] = /exceeded quota: ([^,]+), (.*)/s.exec(text) ?? [];
  const figures = new Map<string, string[]>();
  let kind = '';
  for (const part of list.split(/[,\s]+/)) {
    if (/^(requested|used|limited):$/.test(part)) kind = part.slice(0, -1);
    const [resource = '', amount] = part.split('=');
    if (amount !== undefined) figures.set(resource, [...(figures.get(resource) ?? []), `${kind} ${amount}`]);
  }
  return [...figures].map(([resource, values]) => ({
    kind: 'field',
    path: `ResourceQuota/${name} ${resource}`,
    value: values.join(', '),
  }));
}
