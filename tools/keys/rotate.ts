import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { freshKeyRing, prepareDataDirectory } from '../start/data-directory.ts';
import { claimCheckout } from '../start/only-one.ts';
import { UsageError } from '../start/options.ts';
import { startDatabase } from '../start/servers.ts';
import { runNx } from '../workspace/run-nx.ts';
import { firstKey, withNewKey, writeRing } from './development-ring.ts';
import { rotations } from './rotations.ts';
import { runRotations, type Outcome } from './run-rotations.ts';

type Say = (line: string) => void;

/**
 * Wraps everything anew, service by service, and gives back the exit code. With `USHADOW_KEYS` in the environment: that ring, on
 * the databases named beside it. Without: the data of `npm start`, which gets a new key and loses the old one.
 */
export async function rotate(env: NodeJS.ProcessEnv, say: Say): Promise<number> {
  const root = repositoryRoot();
  try {
    return env['USHADOW_KEYS']
      ? await rotateConfigured(root, env['USHADOW_KEYS'], env, say)
      : await rotateOwn(root, env, say);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(`keys: ${error.message}`);
    return 1;
  }
}

async function rotateConfigured(root: string, keys: string, env: NodeJS.ProcessEnv, say: Say): Promise<number> {
  const all = rotations(root);
  const named = all.map(({ urlVariable }) => urlVariable);
  if (!named.some((name) => env[name])) {
    throw new UsageError(`nothing to work on: name at least one database with ${named.join(', ')}`);
  }
  const databaseUrl = ({ urlVariable }: { urlVariable: string }): string | undefined => env[urlVariable] || undefined;
  return report(await runRotations({ root, rotations: all, keys, databaseUrl, say }), say);
}

async function rotateOwn(root: string, env: NodeJS.ProcessEnv, say: Say): Promise<number> {
  const ringFile = join(root, '.ushadow', 'keys');
  if (!existsSync(ringFile)) {
    throw new UsageError(
      'no key ring: set USHADOW_KEYS and the databases, or run npm start once to have data of your own',
    );
  }
  const data = await prepareDataDirectory(root);
  claimCheckout(data.root);
  const context = { env, root, progress: lineProgress(say) };
  const all = rotations(root);
  await runNx(
    context,
    'build',
    all.map(({ service }) => `@ushadow/${service}`),
  );
  const database = await startDatabase(context, data);
  try {
    // Both keys are in the file before the first row is written: stopped anywhere, what is stored stays readable.
    const ring = withNewKey(readFileSync(ringFile, 'utf8').trim(), freshKeyRing());
    await writeRing(ringFile, ring);
    const databaseUrl = ({ schema }: { schema: keyof typeof database.urls }): string => database.urls[schema];
    const code = report(await runRotations({ root, rotations: all, keys: ring, databaseUrl, say }), say);
    if (code !== 0) return code;
    await writeRing(ringFile, firstKey(ring));
    say('keys: the old key is gone; npm start goes on with the new one');
    return 0;
  } finally {
    await database.stop();
  }
}

/** The exit code; a service that was left out is no failure, but a reason to keep the old keys. */
function report(outcomes: ReadonlyMap<string, Outcome>, say: Say): number {
  const of = (wanted: Outcome): string[] =>
    [...outcomes].flatMap(([service, outcome]) => (outcome === wanted ? service : []));
  const [failed, leftOut] = [of('failed'), of('not configured')];
  if (failed.length > 0) say(`keys: not done: ${failed.join(', ')}`);
  if (leftOut.length > 0) say(`keys: keep every key in the ring until ${leftOut.join(', ')} has been rotated too`);
  return failed.length > 0 ? 1 : 0;
}
