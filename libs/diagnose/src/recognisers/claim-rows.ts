import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, textAt, valueAt } from '@ushadow/kubernetes';
import type { FailureCode } from '../failure-code.ts';
import type { EventFact } from '../event-fact.ts';
import type { Finality } from '../finding.ts';

export interface ClaimRecogniser {
  readonly code: FailureCode;
  readonly rank: number;
  readonly finality: Finality;
  readonly graceMs?: number;
  /** What supports it; undefined where it does not apply. */
  readonly matches: (claim: KubeObject, events: readonly EventFact[]) => string | undefined;
  readonly remedy: string;
  readonly field: string;
}

const isBound = (claim: KubeObject): boolean => textAt(claim, ['status', 'phase']) === 'Bound';
const pendingEvent =
  (...reasons: readonly string[]) =>
  (claim: KubeObject, events: readonly EventFact[]): string | undefined =>
    isBound(claim) ? undefined : events.findLast(({ reason }) => reasons.includes(reason))?.message;
/** Provisioners at work, or a class that waits for the pod: nothing is wrong. */
const NORMAL: ReadonlySet<string> = new Set([
  'WaitForFirstConsumer',
  'WaitForPodScheduled',
  'ExternalProvisioning',
  'Provisioning',
]);
const EVENT_GRACE_MS = 30_000;

export const CLAIM_RECOGNISERS: readonly ClaimRecogniser[] = [
  {
    code: 'PVC_LOST',
    rank: 40,
    finality: { kind: 'at-once' },
    matches: (claim) => (textAt(claim, ['status', 'phase']) === 'Lost' ? 'its volume is lost' : undefined),
    remedy: 'restore the volume, or remove the claim and its data',
    field: '',
  },
  {
    code: 'PVC_PROVISIONING_FAILED',
    rank: 41,
    finality: { kind: 'after', observations: 2 },
    matches: pendingEvent('ProvisioningFailed'),
    remedy: 'check the storage class’s name, the size and the access mode',
    field: 'spec.storageClassName',
  },
  {
    code: 'PVC_PENDING',
    rank: 42,
    finality: { kind: 'wait' },
    matches: pendingEvent('FailedBinding', 'VolumeMismatch'),
    remedy: 'name a storage class that can provide volumes, or create a volume that fits',
    field: 'spec',
  },
  {
    code: 'PVC_PENDING',
    rank: 42,
    finality: { kind: 'wait' },
    graceMs: EVENT_GRACE_MS,
    matches: (claim, events) =>
      textAt(claim, ['status', 'phase']) === 'Pending' && !events.some(({ reason }) => NORMAL.has(reason))
        ? 'no volume has been bound to it'
        : undefined,
    remedy: 'name a storage class that can provide volumes, or create a volume that fits',
    field: 'spec',
  },
  {
    code: 'PVC_RESIZE_PENDING',
    rank: 95,
    finality: { kind: 'soft' },
    matches: (claim) => {
      const pending = conditionOf(claim, 'FileSystemResizePending') ?? conditionOf(claim, 'Resizing');
      return pending?.status === 'True' ? pending.message || 'a resize is under way' : undefined;
    },
    remedy: 'restart the pods that use the claim, so that the file system grows',
    field: 'spec.resources.requests.storage',
  },
];

/** `1Gi, ReadWriteOnce, class gold`. */
export function describeClaim(claim: KubeObject): string {
  const modes = valueAt(claim, ['spec', 'accessModes']);
  const className = textAt(claim, ['spec', 'storageClassName']);
  return [
    textAt(claim, ['spec', 'resources', 'requests', 'storage']),
    Array.isArray(modes) ? modes.join(' ') : '',
    className === '' ? 'the default class' : `class ${className}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
