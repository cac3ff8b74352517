import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { Cause } from './failure.ts';
import type { Finality, Finding } from './finding.ts';

interface Held {
  finding: Finding;
  readonly object: ObjectId;
  readonly firstSeen: number;
  lastSeen: number;
  observations: number;
  token: string;
  /** Code and severity as they were last reported. */
  reported: string | undefined;
}

export interface LedgerChange {
  readonly raised: readonly Cause[];
  readonly cleared: readonly Cause[];
}

/** Remembers findings over time: counts sightings, decides when one is final, notices when one clears. */
export class CauseLedger {
  readonly #held = new Map<string, Held>();

  /** Takes what is found now for all objects; gives what is new (or has become final) and what has gone. */
  update(found: readonly { object: ObjectId; finding: Finding }[], now: number): LedgerChange {
    const raised: Cause[] = [];
    const present = new Set<string>();
    for (const { object, finding } of worstPerPlace(found)) {
      const id = placeOf(object, finding);
      present.add(id);
      const held = this.#take(id, object, finding, now);
      if (isInGrace(held, now)) continue;
      const cause = toCause(id, held, now);
      const reported = `${cause.code} ${cause.severity}`;
      if (reported !== held.reported) raised.push(cause);
      held.reported = reported;
    }
    const gone = [...this.#held].filter(([id]) => !present.has(id));
    for (const [id] of gone) this.#held.delete(id);
    const reported = gone.filter(([, held]) => held.reported !== undefined);
    return { raised, cleared: reported.map(([id, held]) => toCause(id, held, now)) };
  }

  /** All present causes: final ones first, then by closeness to the root. */
  causes(now: number): Cause[] {
    return [...this.#held]
      .filter(([, held]) => !isInGrace(held, now))
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

  /** When a present cause becomes known, or final, by time alone. */
  nextChangeAt(now: number): number {
    const times = [...this.#held.values()].flatMap(({ finding, firstSeen }) => [
      firstSeen + (finding.finality.kind === 'after' ? (finding.finality.ms ?? 0) : 0),
      firstSeen + (finding.graceMs ?? 0),
    ]);
    return Math.min(Infinity, ...times.filter((time) => time > now));
  }

  #take(id: string, object: ObjectId, finding: Finding, now: number): Held {
    const held = this.#held.get(id);
    // `Back-off pulling image` must not hide that the image was not found.
    const isVaguer = held?.finding.specific === true && !finding.specific;
    // Another trouble at the same place is seen for the first time.
    if (held === undefined || (held.finding.code !== finding.code && !isVaguer)) {
      const seen = { firstSeen: now, lastSeen: now, observations: 1, token: finding.token };
      const fresh: Held = { finding, object, ...seen, reported: held?.reported };
      this.#held.set(id, fresh);
      return fresh;
    }
    if (held.token !== finding.token) {
      held.observations += 1;
      held.token = finding.token;
    }
    held.lastSeen = now;
    const { restarts, deaths } = finding;
    held.finding = isVaguer ? { ...held.finding, restarts, deaths } : finding;
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
  return a.deaths !== b.deaths ? a.deaths > b.deaths : a.rank < b.rank;
}

function toCause(id: string, held: Held, now: number): Cause {
  const { finding, object, firstSeen, lastSeen, observations } = held;
  const { code, message, remedy, container, field, evidence, pod } = finding;
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
    ...(field === undefined ? {} : { field }),
    evidence: [...seenAt, ...evidence],
    firstSeen,
    lastSeen,
    observations,
  };
}

function severityOf(finality: Finality, held: Held, now: number): Cause['severity'] {
  if (finality.kind === 'soft') return 'warning';
  if (finality.kind === 'wait') return 'pending';
  if (finality.kind === 'at-once') return 'final';
  const { ms = 0, observations = 1, restarts = 0, deaths = 0 } = finality;
  const isLongEnough = now - held.firstSeen >= ms && held.observations >= observations;
  return isLongEnough && held.finding.restarts >= restarts && held.finding.deaths >= deaths ? 'final' : 'pending';
}

function isInGrace({ finding, firstSeen }: Held, now: number): boolean {
  return now - firstSeen < (finding.graceMs ?? 0);
}

const SEVERITY_RANK = { final: 0, pending: 1, warning: 2 } as const;
function severityRank(cause: Cause): number {
  return SEVERITY_RANK[cause.severity];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
