import { auditEntry, type ServiceName } from '@ushadow/contracts';
import { fromEntry, toEntry, type AuditTrail } from './audit-trail.ts';
import { CHAIN_START, ChainWalk, type Break } from './chain-walk.ts';
import { type ChainHead } from './seal.ts';
import type { AuditKeys, SealedRecord } from './seal.ts';

const PAGE = 1_000;

/** A trail as lines, each an entry as it is told, so that nothing is needed to verify them but the keys. */
export async function* exportLines(trail: Pick<AuditTrail, 'following'>): AsyncGenerator<string> {
  for (let after = 0; ;) {
    const rows = await trail.following(after, PAGE);
    for (const row of rows) yield `${JSON.stringify(toEntry(row))}\n`;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.sequence ?? after;
  }
}

/** What the lines of an export are found to be. */
export interface Exported {
  readonly service: ServiceName;
  /** What comes before its first entry. */
  readonly from: ChainHead;
  /** Its last good entry. */
  readonly head: ChainHead;
  /** The last good entry up to which all were made before `before`. */
  readonly old: ChainHead;
  readonly broken: Break | undefined;
}

/**
 * Walks the lines of an export, or of several, one after the other, without the database.
 *
 * @param before entries that were made before it are old
 * @throws Error about a line that is no entry, by its number
 */
export async function readExport(
  lines: AsyncIterable<string>,
  keys: AuditKeys,
  before: Date = new Date(0),
): Promise<Exported | undefined> {
  let walked: Walked | undefined;
  let broken: Break | undefined;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const { service, time, row } = entryOf(line, number);
    walked ??= begin(keys, service, row);
    broken = walked.walk.take(row);
    if (broken !== undefined) break;
    walked.isOld &&= Date.parse(time) < before.getTime();
    if (walked.isOld) walked.old = walked.walk.good;
  }
  if (walked === undefined) return undefined;
  const { service, from, walk, old } = walked;
  return { service, from, head: walk.good, old, broken };
}

interface Walked {
  readonly service: ServiceName;
  readonly from: ChainHead;
  readonly walk: ChainWalk;
  old: ChainHead;
  isOld: boolean;
}

/** An export may begin behind what was trimmed before it. */
function begin(keys: AuditKeys, service: ServiceName, { sequence, previousSeal }: SealedRecord): Walked {
  const from = sequence === 1 ? CHAIN_START : { sequence: sequence - 1, seal: previousSeal };
  return { service, from, walk: new ChainWalk(keys, service, from), old: from, isOld: true };
}

function entryOf(line: string, number: number): { service: ServiceName; time: string; row: SealedRecord } {
  try {
    const entry = auditEntry.parse(JSON.parse(line));
    return { service: entry.service, time: entry.time, row: fromEntry(entry) };
  } catch (cause) {
    throw new Error(`line ${String(number)} is no entry of an audit`, { cause });
  }
}
