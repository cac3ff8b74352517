import type { DriftedObjectData } from '@ushadow/contracts';

/** What was found of a stack when it was last looked at. */
export interface FoundDrift {
  /** Whose content it was compared with. */
  readonly revision: number;
  readonly checked: number;
  /** Of all; not all need be kept. */
  readonly count: number;
  readonly objects: readonly DriftedObjectData[];
  readonly unseen: readonly string[];
}

export interface StoredDrift extends FoundDrift {
  readonly stackId: string;
  readonly checkedAt: Date;
  /** Since when it has drifted; null where it has not. */
  readonly since: Date | null;
}

/**
 * What could not be seen this time is taken to be as it was found before: that somebody may not look any more does not mean
 * that it is over.
 */
export function withUnseen(before: Pick<StoredDrift, 'revision' | 'objects'> | undefined, now: FoundDrift): FoundDrift {
  if (before?.revision !== now.revision || now.unseen.length === 0) return now;
  const seen = new Set(now.objects.map(({ object }) => object));
  const kept = before.objects.filter(({ object }) => !seen.has(object) && isUnseen(object, now.unseen));
  return { ...now, count: now.count + kept.length, objects: [...now.objects, ...kept] };
}

/** `Deployment/shop/web`, by `Deployment.apps` or `Deployment/web`. */
function isUnseen(object: string, unseen: readonly string[]): boolean {
  const parts = object.split('/');
  const [kind = '', name = ''] = [parts[0], parts.at(-1)];
  return unseen.some((each) => (each.includes('/') ? each === `${kind}/${name}` : each.split('.', 1)[0] === kind));
}

/** What has become of a stack with a finding. */
export type DriftChange = 'drifted' | 'resolved' | 'same';

/** Nothing is told twice: the same fields of the same objects are no news, whatever their values. */
export function changeOf(
  before: Pick<StoredDrift, 'count' | 'objects'> | undefined,
  now: Pick<FoundDrift, 'count' | 'objects'>,
): DriftChange {
  if (now.count === 0) return (before?.count ?? 0) > 0 ? 'resolved' : 'same';
  return before !== undefined && outline(before) === outline(now) ? 'same' : 'drifted';
}

function outline({ count, objects }: Pick<FoundDrift, 'count' | 'objects'>): string {
  const lines = objects.map(
    ({ object, state, fields }) => `${object} ${state} ${fields.map(({ path }) => path).join(' ')}`,
  );
  return [String(count), ...lines.sort()].join('\n');
}
