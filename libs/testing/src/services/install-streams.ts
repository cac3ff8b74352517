import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startTied } from '../servers/process/tied-process.ts';
import { busEnvironment, inheritedEnvironment, type SystemSettings } from './service-environment.ts';

const ENTRY = 'apps/deployer-service/dist/commands/install-streams/main.js';

/** Makes the streams, as the one user that may. Gives what the command said. @throws Error with it */
export async function installStreams(
  root: string,
  settings: Pick<SystemSettings, 'natsUrl' | 'busKeys'>,
): Promise<string> {
  const entry = join(root, ENTRY);
  if (!existsSync(entry)) throw new Error(`${ENTRY} is missing: build first (npm run build)`);
  let output = '';
  const child = startTied({
    program: process.execPath,
    args: [entry],
    cwd: root,
    env: { ...inheritedEnvironment(), ...busEnvironment(settings, 'installer'), USHADOW_PROFILE: 'development' },
    onOutput: (text) => void (output += text),
  });
  if ((await child.exited) !== 0) throw new Error(`the streams were not made: ${output.trim()}`);
  return output.trim();
}
