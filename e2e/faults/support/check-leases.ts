import type { AuditEntry } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import type { LeaseRow } from './store-view.ts';

const AGENT = 'ushadow-deployer/';
const WRITES = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** A lease is taken only when the one before has ended, also that of another deployment of the same stack, and each has a higher epoch. */
export async function checkLeases(bench: Bench): Promise<string[]> {
  const violations: string[] = [];
  const rows = await bench.store.leases();
  for (const row of rows) {
    if (row.epoch === row.previous_epoch) continue;
    if (BigInt(row.epoch) < BigInt(row.previous_epoch))
      violations.push(`lease: ${row.epoch} after ${row.previous_epoch}`);
    if (row.previous_until !== null && row.previous_until > row.at)
      violations.push(`lease: ${row.epoch} of ${row.deployment_id} was taken while ${row.previous_epoch} held`);
  }
  for (const holds of Map.groupBy(holdsOf(rows), ({ stack }) => stack).values()) {
    holds.forEach(({ from, deployment }, index) => {
      const before = holds[index - 1];
      if (before !== undefined && before.until > from)
        violations.push(`lease: ${deployment} was held while ${before.deployment} still was`);
    });
  }
  return violations;
}

/** A time during which a process may write to a namespace. */
interface Hold {
  readonly deployment: string;
  readonly owner: string;
  readonly namespace: string;
  readonly stack: string;
  readonly from: Date;
  until: Date;
}

/** By the API server's own audit log: nobody writes who holds no lease, and least of all who has lost it. */
export async function checkWrites(bench: Bench): Promise<string[]> {
  if (bench.audit === undefined) return [];
  const holds = holdsOf(await bench.store.leases());
  const entries = await bench.audit.read(mayBeWrite);
  return entries.filter(isWriteOfOurs(bench)).flatMap((entry) => {
    const owner = entry.userAgent?.slice(AGENT.length);
    const namespace = namespaceOf(entry);
    const at = new Date(entry.requestReceivedTimestamp);
    const isHeld = holds.some(
      (hold) => hold.owner === owner && hold.namespace === namespace && hold.from <= at && at <= hold.until,
    );
    return isHeld ? [] : [`write: ${entry.verb} ${entry.requestURI} at ${at.toISOString()} without a lease`];
  });
}

function holdsOf(rows: readonly LeaseRow[]): Hold[] {
  const holds: Hold[] = [];
  const current = new Map<string, Hold>();
  for (const { deployment_id: id, namespace, stack_id: stack, owner, epoch, until, at, ...row } of rows) {
    const { previous_epoch: before } = row;
    const hold = current.get(id);
    // Ended, handed over or taken anew: from here on the holder of before must be silent.
    if (hold !== undefined && (epoch !== before || until === null || until <= at))
      hold.until = new Date(Math.min(hold.until.getTime(), at.getTime()));
    else if (hold !== undefined && until !== null) hold.until = until;
    if (epoch === before || owner === null || until === null) continue;
    const taken = { deployment: id, owner, namespace, stack, from: at, until };
    holds.push(taken);
    current.set(id, taken);
  }
  return holds;
}

/** Before it is parsed: most lines are of reads, dry runs, and of controllers. */
const mayBeWrite = (line: string): boolean =>
  line.includes(AGENT) && !/"verb":"(get|list|watch)"/.test(line) && !line.includes('dryRun=');

function isWriteOfOurs(bench: Bench): (entry: AuditEntry) => boolean {
  return (entry) =>
    entry.userAgent?.startsWith(AGENT) === true &&
    WRITES.has(entry.verb) &&
    !entry.requestURI.includes('dryRun=') &&
    !entry.requestURI.startsWith('/apis/authorization.k8s.io/') &&
    bench.namespaces.includes(namespaceOf(entry));
}

function namespaceOf({ objectRef }: AuditEntry): string {
  return objectRef?.namespace ?? objectRef?.name ?? '';
}
