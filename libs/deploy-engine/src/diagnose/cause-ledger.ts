import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { Cause } from '../failure.ts';
import type { Finality, Finding } from './finding.ts';

interface Held {
  finding: Finding;
  readonly object: ObjectId;
  readonly firstSeen: number;
  lastSeen: number;
  sightings: number;
  token: string;
}

export interface LedgerChange {
  readonly raised: readonly Cause[];
  readonly cleared: readonly Cause[];
}

/** Remembers findings over time: counts sightings, decides when one is final, notices when one clears. */
export class CauseLedger {
  readonly #held = new Map<string, Held>();

  /** Takes what is found now for all objects; tells what is new (or has become final) and what has gone. */
  update(found: readonly { object: ObjectId; finding: Finding }[], now: number): LedgerChange {
    const raised: Cause[] = [];
    const present = new Set<string>();
    for (const { object, finding } of worstPerPlace(found)) {
      const id = placeOf(object, finding);
      present.add(id);
      const before = this.#held.get(id);
      const wasCause = before === undefined ? undefined : toCause(id, before, now);
      const held = this.#take(id, object, finding, now);
      const cause = toCause(id, held, now);
      if (cause.code !== wasCause?.code || cause.severity !== wasCause.severity) raised.push(cause);
    }
    const cleared = [...this.#held].filter(([id]) => !present.has(id)).map(([id, held]) => toCause(id, held, now));
    for (const { id } of cleared) this.#held.delete(id);
    return { raised, cleared };
  }

  /** All present causes: final ones first, then by closeness to the root. */
  causes(now: number): Cause[] {
    return [...this.#held]
      .map(([id, held]) => ({ cause: toCause(id, held, now), rank: held.finding.rank }))
      .sort(
        (a, b) => severityRank(a.cause) - severityRank(b.cause) || a.rank - b.rank || compare(a.cause.id, b.cause.id),
      )
      .map(({ cause }) => cause);
  }

  /** The pod a cause was seen at, for its log. */
  podOf(cause: Cause): KubeObject | undefined {
    return this.#held.get(cause.id)?.finding.pod;
  }

  /** When a present cause becomes final by time alone. */
  nextFinalAt(): number {
    const times = [...this.#held.values()].map(({ finding, firstSeen }) =>
      finding.finality.kind === 'after' && finding.finality.ms !== undefined
        ? firstSeen + finding.finality.ms
        : Infinity,
    );
    return Math.min(Infinity, ...times);
  }

  #take(id: string, object: ObjectId, finding: Finding, now: number): Held {
    const held = this.#held.get(id);
    if (held === undefined) {
      const fresh = { finding, object, firstSeen: now, lastSeen: now, sightings: 1, token: finding.token };
      this.#held.set(id, fresh);
      return fresh;
    }
    if (held.token !== finding.token) {
      held.sightings += 1;
      held.token = finding.token;
    }
    held.lastSeen = now;
    // `Back-off pulling image` must not hide that the image was not found.
    const isVaguer = held.finding.specific && !finding.specific;
    held.finding = isVaguer ? { ...held.finding, restarts: finding.restarts } : finding;
    return held;
  }
}

/** One place is one object, container and family: pods of one workload share their trouble. */
function placeOf(object: ObjectId, finding: Finding): string {
  return `${objectKey(object)}/${finding.container ?? ''}/${finding.family}`;
}

function worstPerPlace(
  found: readonly { object: ObjectId; finding: Finding }[],
): Iterable<{ object: ObjectId; finding: Finding }> {
  const worst = new Map<string, { object: ObjectId; finding: Finding }>();
  for (const item of found) {
    const place = placeOf(item.object, item.finding);
    const known = worst.get(place);
    if (known === undefined || worse(item.finding, known.finding)) worst.set(place, item);
  }
  return worst.values();
}

function worse(a: Finding, b: Finding): boolean {
  return a.restarts !== b.restarts ? a.restarts > b.restarts : a.rank < b.rank;
}

function toCause(id: string, held: Held, now: number): Cause {
  const { finding, object, firstSeen, lastSeen, sightings } = held;
  const { code, message, remedy, container, evidence, pod } = finding;
  const seenAt =
    pod === undefined ? [] : [{ kind: 'field' as const, path: 'pod', value: formatObjectId(objectId(pod)) }];
  return {
    id,
    code,
    severity: severityOf(finding.finality, held, now),
    message,
    remedy,
    object,
    ...(container === undefined ? {} : { container }),
    evidence: [...seenAt, ...evidence],
    firstSeen,
    lastSeen,
    sightings,
  };
}

function severityOf(finality: Finality, held: Held, now: number): Cause['severity'] {
  if (finality.kind === 'soft') return 'warning';
  if (finality.kind === 'wait') return 'pending';
  if (finality.kind === 'at-once') return 'final';
  const { ms = 0, sightings = 1, restarts = 0 } = finality;
  const isFinal = now - held.firstSeen >= ms && held.sightings >= sightings && held.finding.restarts >= restarts;
  return isFinal ? 'final' : 'pending';
}

const SEVERITY_RANK = { final: 0, pending: 1, warning: 2 } as const;
function severityRank(cause: Cause): number {
  return SEVERITY_RANK[cause.severity];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
