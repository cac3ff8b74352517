import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rotationExitCodes } from '@ushadow/secrets';
import { startTied } from '@ushadow/testing/servers';
import type { Rotation } from './rotations.ts';

export type RunRotations = {
  readonly root: string;
  readonly rotations: readonly Rotation[];
  /** What names the service’s key ring in its environment; undefined where it is not known here. */
  readonly keys: (rotation: Rotation) => Readonly<Record<string, string>> | undefined;
  /** The same for the ring that its audit is sealed with. */
  readonly auditKeys: (rotation: Rotation) => Readonly<Record<string, string>> | undefined;
  /** Undefined where the service's database is not known here. */
  readonly databaseUrl: (rotation: Rotation) => string | undefined;
  /** The same as the owner of its schema, who migrates it first; undefined where it has to be up to date. */
  readonly migrationUrl?: (rotation: Rotation) => string;
  readonly say: (line: string) => void;
};

export type Outcome = 'done' | 'failed' | 'ring does not fit' | 'not configured';

/** Runs the services' commands one after the other; one that fails or cannot be run does not stop the others. */
export async function runRotations(options: RunRotations): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const rotation of options.rotations) outcomes.set(rotation.service, await runOne(rotation, options));
  return outcomes;
}

async function runOne(rotation: Rotation, options: RunRotations): Promise<Outcome> {
  const { root, keys, auditKeys, databaseUrl, migrationUrl, say } = options;
  const { service, urlVariable, keysVariable, auditVariable } = rotation;
  const [url, ring, sealing] = [databaseUrl(rotation), keys(rotation), auditKeys(rotation)];
  if (url === undefined || ring === undefined || sealing === undefined) {
    const missing = url === undefined ? urlVariable : ring === undefined ? keysVariable : auditVariable;
    say(`keys: ${service}: left out, because ${missing} is not set`);
    return 'not configured';
  }
  const entry = join(root, rotation.entry);
  if (!existsSync(entry)) {
    say(`keys: ${service}: ${rotation.entry} is missing: build first (npm run build)`);
    return 'failed';
  }
  const lines = lineSplitter((line) =>
    say(line.startsWith('keys: ') ? line.replace('keys: ', `keys: ${service}: `) : line),
  );
  const { PATH } = process.env;
  const owner = migrationUrl === undefined ? {} : { MIGRATION_DATABASE_URL: migrationUrl(rotation) };
  const child = startTied({
    program: process.execPath,
    args: ['--enable-source-maps', entry],
    cwd: root,
    env: { ...(PATH === undefined ? {} : { PATH }), ...ring, ...sealing, ...owner, DATABASE_URL: url },
    onOutput: lines.add,
  });
  const code = await child.exited;
  lines.end();
  if (code === rotationExitCodes['ring-does-not-fit']) return 'ring does not fit';
  return code === rotationExitCodes.done ? 'done' : 'failed';
}

/** Whole lines out of pieces of output. */
function lineSplitter(say: (line: string) => void): { add: (text: string) => void; end: () => void } {
  let rest = '';
  const add = (text: string): void => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) say(line);
  };
  return { add, end: () => (rest === '' ? undefined : add('\n')) };
}
