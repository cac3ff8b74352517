import { auditedServices } from '@ushadow/contracts';
import { readExport, trimTrail, type AuditDraft, type Exported } from '@ushadow/postgres';
import { parseKeyRing, withKeyRing, type KeyRing } from '@ushadow/secrets';
import { randomUUID } from 'node:crypto';
import { linesOf, writeExport } from './export-file.ts';
import { withTrail } from './with-trail.ts';

const USAGE = `audit: what to do? One of
  export SERVICE FILE         writes the audit of a service (${auditedServices.join(', ')}), an entry a line
  verify FILE...              verifies exports, the oldest first, with AUDIT_KEYS alone
  trim SERVICE DAYS FILE...   removes entries that the exports hold and that are older than so many days
AUDIT_KEYS is the ring of the service; export needs its DATABASE_URL, trim its MIGRATION_DATABASE_URL`;
const DAY_MS = 86_400_000;

type Say = (line: string) => void;
type Environment = Readonly<Record<string, string | undefined>>;

/** The exit code. */
export async function runAudit(
  [command = '', ...rest]: readonly string[],
  env: Environment,
  say: Say,
): Promise<number> {
  const run = commands[command];
  if (run === undefined || rest.length < run.least) {
    say(USAGE);
    return 1;
  }
  try {
    const { ring, problems } = parseKeyRing(withKeyRing(env, 'AUDIT_KEYS')['AUDIT_KEYS'] ?? '');
    if (ring === undefined) throw new Error(`AUDIT_KEYS: ${problems.join('; ')}`);
    return (await run.work(rest, { env, ring, say })) ? 0 : 1;
  } catch (error) {
    say(`audit: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

interface Given {
  readonly env: Environment;
  readonly ring: KeyRing;
  readonly say: Say;
}

interface Command {
  /** Arguments at least. */
  readonly least: number;
  /** False: what was looked at is not what it should be. */
  readonly work: (args: readonly string[], given: Given) => Promise<boolean>;
}

const commands: Readonly<Record<string, Command>> = {
  export: { least: 2, work: exportTo },
  verify: { least: 1, work: verify },
  trim: { least: 3, work: trim },
};

async function exportTo([service = '', file = '']: readonly string[], { env, ring, say }: Given): Promise<boolean> {
  return withTrail({ service, url: env['DATABASE_URL'], variable: 'DATABASE_URL', ring }, async (trail) => {
    const digest = await writeExport(trail, file);
    // What is on the disk is what counts.
    const found = await readExport(linesOf([file]), ring);
    if (found === undefined) {
      say(`audit: the ${service}-service has no entries`);
      return true;
    }
    const details = {
      first: found.from.sequence + 1,
      last: found.head.sequence,
      seal: found.head.seal,
      sha256: digest,
    };
    await trail.postgres.transaction((queries) => trail.append(queries, [draftOf('audit.exported', service, details)]));
    return tell(found, say);
  });
}

async function verify(files: readonly string[], { ring, say }: Given): Promise<boolean> {
  const found = await readExport(linesOf(files), ring);
  if (found === undefined) throw new Error('there are no entries in it');
  return tell(found, say);
}

async function trim(
  [service = '', days = '', ...files]: readonly string[],
  { env, ring, say }: Given,
): Promise<boolean> {
  // A day leaves the stream the time to be told.
  if (!/^[1-9]\d{0,4}$/.test(days)) throw new Error('DAYS is a whole number, 1 at least');
  const variable = 'MIGRATION_DATABASE_URL';
  const before = new Date(Date.now() - Number(days) * DAY_MS);
  const exported = await readExport(linesOf(files), ring, before);
  if (exported === undefined) throw new Error('there are no entries in the export');
  return withTrail({ service, url: env[variable], variable, ring }, async (trail) => {
    const gone = await trimTrail(trail, exported, (details) => draftOf('audit.trimmed', service, details));
    if (gone === undefined) say(`audit: the ${service}-service has no entry in the export that is older`);
    else
      say(
        `audit: the ${service}-service has no entries up to ${String(gone.sequence)} any more; keep the export: nothing else has them`,
      );
    return true;
  });
}

function tell({ service, from, head, broken }: Exported, say: Say): boolean {
  const first = String(from.sequence + 1);
  if (broken !== undefined) say(`audit: broken: ${broken.message}`);
  say(
    `audit: ${service}-service: entries ${first} to ${String(head.sequence)} are good; the last seal is ${head.seal}`,
  );
  if (from.sequence > 0) say(`audit: they follow entry ${String(from.sequence)}, whose seal is ${from.seal}`);
  return broken === undefined;
}

function draftOf(
  action: 'audit.exported' | 'audit.trimmed',
  service: string,
  details: AuditDraft['details'],
): AuditDraft {
  return {
    ...{ audit_id: randomUUID(), time: new Date().toISOString(), action, result: 'done', details },
    ...{ actor: 'command:audit', request_id: randomUUID(), target: `audit of the ${service}-service` },
    ...{ cluster_id: null, namespace: null, project: null, services: [] },
    ...{ stack_id: null, deployment_id: null, deployment: null },
  };
}
