import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startTied } from '@ushadow/testing/servers';
import type { Rotation } from './rotations.ts';

export type RunRotations = {
  readonly root: string;
  readonly rotations: readonly Rotation[];
  readonly keys: string;
  /** Undefined where the service's database is not known here. */
  readonly databaseUrl: (rotation: Rotation) => string | undefined;
  readonly say: (line: string) => void;
};

export type Outcome = 'done' | 'failed' | 'not configured';

/** Runs the services' commands one after the other; one that fails or cannot be run does not stop the others. */
export async function runRotations(options: RunRotations): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const rotation of options.rotations) outcomes.set(rotation.service, await runOne(rotation, options));
  return outcomes;
}

async function runOne(rotation: Rotation, { root, keys, databaseUrl, say }: RunRotations): Promise<Outcome> {
  const { service, urlVariable } = rotation;
  const url = databaseUrl(rotation);
  if (url === undefined) {
    say(`keys: ${service}: left out, because ${urlVariable} is not set`);
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
  const child = startTied({
    program: process.execPath,
    args: ['--enable-source-maps', entry],
    cwd: root,
    env: { ...(PATH === undefined ? {} : { PATH }), USHADOW_KEYS: keys, DATABASE_URL: url },
    onOutput: lines.add,
  });
  const code = await child.exited;
  lines.end();
  return code === 0 ? 'done' : 'failed';
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
