import type { AuditAnchorData, TrailReportData } from '@ushadow/contracts';
import type { AuditTrail } from './audit-trail.ts';
import { CHAIN_START, ChainWalk, type Break } from './chain-walk.ts';
import { type ChainHead } from './seal.ts';

/** What was told of a trail to somebody whom the database cannot reach. */
export interface Witness {
  /** The newest entry that it was told of as such. */
  anchor(): Promise<AuditAnchorData | undefined>;
  /** An entry that it was told; undefined where it was not, or has forgotten it. */
  recorded(sequence: number): Promise<ChainHead | undefined>;
}

type Trail = Pick<AuditTrail, 'service' | 'keys' | 'following' | 'at'>;

const PAGE = 1_000;
/** Of walks from the start, while a trim moves it. */
const AGAIN_MAX = 1_000;

/**
 * Walks a trail from its first entry, or from the one behind what was trimmed, and compares it with what the witness was
 * told. What is added meanwhile may be part of the answer.
 */
export async function verifyTrail(trail: Trail, witness: Witness): Promise<TrailReportData> {
  for (let again = 0; ; again += 1) {
    const from = await startOf(trail);
    const report = await verifyFrom(trail, from, witness);
    // A trim goes on beside it: what was missing had been exported.
    const isTrimming = report.broken?.reason === 'missing' && (await startOf(trail)).sequence > from.sequence;
    if (!isTrimming || again === AGAIN_MAX) return report;
  }
}

async function verifyFrom(trail: Trail, from: ChainHead, witness: Witness): Promise<TrailReportData> {
  // Asked before the trail is read: whatever it names was in the table by then.
  const anchor = await witness.anchor();
  const walk = new ChainWalk(trail.keys, trail.service, from);
  const broken =
    (await walkAll(trail, walk)) ??
    (await startProblem(trail, from, walk.trimmed)) ??
    (await compare(trail, walk.good, witness, anchor));
  const { good } = walk;
  return {
    service: trail.service,
    intact: broken === undefined,
    entries: good.sequence - from.sequence,
    head: good.sequence === 0 ? null : good,
    anchor: anchor === undefined ? null : { sequence: anchor.sequence, time: anchor.time },
    broken: broken ?? null,
  };
}

/** What the oldest entry says comes before it. */
async function startOf(trail: Trail): Promise<ChainHead> {
  const [oldest] = await trail.following(0, 1);
  return oldest === undefined ? CHAIN_START : { sequence: oldest.sequence - 1, seal: oldest.previousSeal };
}

/** Entries may be missing from the beginning as far as a sealed one of the trail says that they were exported. */
async function startProblem(trail: Trail, from: ChainHead, trimmed: ChainHead | undefined): Promise<Break | undefined> {
  if (from.sequence === 0) return undefined;
  const through = trimmed?.sequence ?? 0;
  if (through >= from.sequence) {
    const last = through === from.sequence ? from : await trail.at(through);
    if (last?.seal === trimmed?.seal) return undefined;
  }
  const first = through < from.sequence ? through + 1 : 1;
  return missing(
    trail,
    first,
    from.sequence,
    'no entry says that it was exported',
    'no entry says that they were exported',
  );
}

async function walkAll(trail: Trail, walk: ChainWalk): Promise<Break | undefined> {
  for (;;) {
    const rows = await trail.following(walk.good.sequence, PAGE);
    for (const row of rows) {
      const broken = walk.take(row);
      if (broken !== undefined) return broken;
    }
    if (rows.length < PAGE) return undefined;
  }
}

/** A chain that is whole may be an older or another one than was told. */
async function compare(
  trail: Trail,
  end: ChainHead,
  witness: Witness,
  anchor: AuditAnchorData | undefined,
): Promise<Break | undefined> {
  const mismatch = await streamProblem(trail, anchor, witness, end);
  if (mismatch !== undefined) return mismatch;
  const next = end.sequence + 1;
  const told = await witness.recorded(next);
  return told === undefined || (await trail.at(next)) !== undefined ? undefined : missing(trail, next, next);
}

/** Why what was told is not in the trail; undefined where it is. */
export async function streamProblem(
  trail: Trail,
  anchor: ChainHead | undefined,
  witness: Witness,
  end: ChainHead,
): Promise<Break | undefined> {
  if (anchor !== undefined && !(await holds(trail, anchor))) {
    const first = await firstOther(trail, anchor.sequence, witness);
    return (await trail.at(first)) === undefined ? missing(trail, first, anchor.sequence) : rewritten(trail, first);
  }
  // What was told since the anchor: cut off and grown again, the trail is whole by itself, and the anchor is in it.
  const since = anchor?.sequence ?? Math.max(0, end.sequence - PAGE);
  for (const row of await trail.following(since, PAGE)) {
    const told = await witness.recorded(row.sequence);
    if (told !== undefined && told.seal !== row.seal) return rewritten(trail, row.sequence);
  }
  return undefined;
}

/** Whether an entry is in the trail, or before its oldest: whether that one may be the oldest is another question. */
async function holds(trail: Trail, { sequence, seal }: ChainHead): Promise<boolean> {
  const from = await startOf(trail);
  if (sequence < from.sequence) return true;
  return (sequence === from.sequence ? from : await trail.at(sequence))?.seal === seal;
}

/** Where the trail and what was told part; as far back as the witness remembers. Everything after it differs as well. */
async function firstOther(trail: Trail, known: number, witness: Witness): Promise<number> {
  const [oldest] = await trail.following(0, 1);
  let [low, high] = [oldest?.sequence ?? 1, known];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [told, row] = [await witness.recorded(middle), await trail.at(middle)];
    if (row === undefined || (told !== undefined && told.seal !== row.seal)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function rewritten({ service }: Trail, sequence: number): Break {
  const entry = `Entry ${String(sequence)} of the ${service}-service`;
  const message = `${entry} is another one than the stream was told of: the trail was put back or rewritten from there.`;
  return { sequence, reason: 'rewritten', message };
}

function missing(
  { service }: Trail,
  first: number,
  last: number,
  ofOne = 'the stream was told of it',
  ofMany = 'the stream was told of them',
): Break {
  const message =
    first === last
      ? `Entry ${String(first)} of the ${service}-service is missing: ${ofOne}.`
      : `Entries ${String(first)} to ${String(last)} of the ${service}-service are missing: ${ofMany}.`;
  return { sequence: first, reason: 'missing', message };
}
