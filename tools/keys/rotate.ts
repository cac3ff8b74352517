import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { auditRings, freshKeyRing, keyRings, prepareDataDirectory } from '../start/data-directory.ts';
import { claimCheckout } from '../start/only-one.ts';
import { UsageError } from '../start/options.ts';
import { startDatabase } from '../start/servers.ts';
import { runNx } from '../workspace/run-nx.ts';
import { firstKey, withNewKey, writeRing } from './development-ring.ts';
import { rotations, type Rotation } from './rotations.ts';
import { runRotations, type Outcome } from './run-rotations.ts';

type Say = (line: string) => void;

/**
 * Wraps everything anew, service by service, and gives back the exit code. With rings in the environment: those, on the databases
 * named beside them. Without: the data of `npm start`, each of whose rings gets a new key and loses the old one.
 */
export async function rotate(env: NodeJS.ProcessEnv, say: Say): Promise<number> {
  const root = repositoryRoot();
  try {
    const all = rotations(root);
    return all.some((rotation) => ringIn(env, rotation) !== undefined || env[rotation.urlVariable])
      ? await rotateConfigured(root, all, env, say)
      : await rotateOwn(root, all, env, say);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(`keys: ${error.message}`);
    return 1;
  }
}

async function rotateConfigured(
  root: string,
  all: readonly Rotation[],
  env: NodeJS.ProcessEnv,
  say: Say,
): Promise<number> {
  const isWhole = (rotation: Rotation): boolean =>
    ringIn(env, rotation) !== undefined && Boolean(env[rotation.urlVariable]);
  if (!all.some(isWhole)) {
    const pairs = all.map(
      ({ keysVariable, auditVariable, urlVariable }) => `${keysVariable} and ${auditVariable} with ${urlVariable}`,
    );
    throw new UsageError(
      `nothing to work on: name the rings and the database of at least one service: ${pairs.join(', ')}`,
    );
  }
  const databaseUrl = ({ urlVariable }: Rotation): string | undefined => env[urlVariable] || undefined;
  const keys = (rotation: Rotation) => ringIn(env, rotation);
  const auditKeys = (rotation: Rotation) => auditRingIn(env, rotation);
  return report(await runRotations({ root, rotations: all, keys, auditKeys, databaseUrl, say }), say);
}

/** Where the environment has the ring of a service, in the words of the service itself. */
function ringIn(env: NodeJS.ProcessEnv, { keysVariable }: Rotation): Readonly<Record<string, string>> | undefined {
  return namedIn(env, keysVariable, 'USHADOW_KEYS');
}

function auditRingIn(
  env: NodeJS.ProcessEnv,
  { auditVariable }: Rotation,
): Readonly<Record<string, string>> | undefined {
  return namedIn(env, auditVariable, 'AUDIT_KEYS');
}

function namedIn(env: NodeJS.ProcessEnv, here: string, there: string): Readonly<Record<string, string>> | undefined {
  for (const form of ['', '_FILE', '_COMMAND']) {
    const value = env[`${here}${form}`];
    if (value) return { [`${there}${form}`]: value };
  }
  return undefined;
}

async function rotateOwn(root: string, all: readonly Rotation[], env: NodeJS.ProcessEnv, say: Say): Promise<number> {
  if (!existsSync(join(root, '.ushadow', 'rings'))) {
    const names = all.map(({ keysVariable }) => keysVariable).join(', ');
    throw new UsageError(`no key ring: set ${names} and the databases, or run npm start once to have data of your own`);
  }
  const data = await prepareDataDirectory(root);
  claimCheckout(data.root);
  const context = { env, root, progress: lineProgress(say) };
  await runNx(
    context,
    'build',
    all.map(({ service }) => `@ushadow/${service}`),
  );
  const database = await startDatabase(context, data);
  try {
    // Both keys are in the file before the first row is written: stopped anywhere, what is stored stays readable.
    const rings = new Map<string, string>();
    for (const [service, ring] of Object.entries(await keyRings(data))) {
      rings.set(service, withNewKey(ring, freshKeyRing()));
      await writeRing(join(data.rings, service), rings.get(service) ?? ring);
    }
    const keys = ({ service }: Rotation) => ({ USHADOW_KEYS: rings.get(service) ?? '' });
    const databaseUrl = ({ schema }: Rotation): string => database.urls[schema];
    const migrationUrl = ({ schema }: Rotation): string => database.ownerUrls[schema];
    const sealing = await auditRings(data);
    const auditKeys = ({ schema }: Rotation) => ({ AUDIT_KEYS: sealing[schema] });
    const code = report(
      await runRotations({ root, rotations: all, keys, auditKeys, databaseUrl, migrationUrl, say }),
      say,
    );
    if (code !== 0) return code;
    for (const [service, ring] of rings) await writeRing(join(data.rings, service), firstKey(ring));
    say('keys: the old keys are gone; npm start goes on with the new ones');
    return 0;
  } finally {
    await database.stop();
  }
}

/** The exit code; a service that was left out is no failure, but a reason to keep the old keys. */
function report(outcomes: ReadonlyMap<string, Outcome>, say: Say): number {
  const of = (wanted: Outcome): string =>
    [...outcomes].flatMap(([service, outcome]) => (outcome === wanted ? service : [])).join(', ');
  const [done, failed, misfits, leftOut] = [of('done'), of('failed'), of('ring does not fit'), of('not configured')];
  const whose = done === '' ? '' : `; those of ${done} do`;
  if (misfits !== '') say(`keys: the rings given for ${misfits} do not fit what is stored there${whose}`);
  if (failed !== '') say(`keys: not done: ${failed}`);
  if (leftOut !== '') say(`keys: keep every key of ${leftOut} until it has been rotated too`);
  return failed === '' && misfits === '' ? 0 : 1;
}
