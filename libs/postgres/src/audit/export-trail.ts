import { auditEntry, type ServiceName } from '@ushadow/contracts';
import { fromEntry, toEntry, type AuditTrail } from './audit-trail.ts';
import { CHAIN_START, ChainWalk, type Break } from './chain-walk.ts';
import { checkSeal, type AuditKeys, type ChainHead, type SealedRecord } from './seal.ts';

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
  /** See `ChainWalk.formerKeys`. */
  readonly formerKeys: (current: string) => readonly string[];
  readonly broken: Break | undefined;
}

/**
 * Walks the lines of an export, or of several, one after the other, without the database. One that begins before the end
 * of those before it has to say the same of what both have.
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
  const seals = new Map<number, string>();
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const { service, time, row } = entryOf(line, number);
    walked ??= begin(keys, service, row);
    const known = seals.get(row.sequence);
    if (known === row.seal && checkSeal(keys, row) === 'good') continue;
    broken = known === undefined ? walked.walk.take(row) : replaced(service, row.sequence);
    if (broken !== undefined) break;
    seals.set(row.sequence, row.seal);
    walked.isOld &&= Date.parse(time) < before.getTime();
    if (walked.isOld) walked.old = walked.walk.good;
  }
  if (walked === undefined) return undefined;
  const { service, from, walk, old } = walked;
  return { service, from, head: walk.good, old, formerKeys: (current) => walk.formerKeys(current), broken };
}

function replaced(service: ServiceName, sequence: number): Break {
  const message = `Entry ${String(sequence)} of the ${service}-service stands in two exports, and is not the same in both.`;
  return { sequence, reason: 'rewritten', message };
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
