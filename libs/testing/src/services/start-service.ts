import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../servers/process/free-port.ts';
import { startTied } from '../servers/process/tied-process.ts';
import type { TiedProcess } from '../servers/process/tied-process.ts';
import { untilReady } from '../servers/process/until-ready.ts';
import { inheritedEnvironment, serviceEnvironment } from './service-environment.ts';
import { answersOk } from './answers-ok.ts';
import type { ServiceDescription } from './catalogue.ts';
import type { SystemSettings } from './service-environment.ts';

export type StartServiceOptions = {
  readonly root: string;
  readonly service: ServiceDescription;
  readonly settings: SystemSettings;
  /** Added to the contract's environment, or overriding it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly logFile?: string;
  readonly onOutput?: (text: string) => void;
  /** Stack traces that name the sources, by default; the maps are a part of each start. */
  readonly sourceMaps?: boolean;
  /** In place of its own. */
  readonly nodeFlags?: readonly string[];
};

/** One service as a process of its own. */
export type RunningService = {
  readonly name: string;
  readonly process: TiedProcess;
  /** Resolves when it serves; rejects with the last output when the process ends first. */
  readonly ready: (timeoutMs?: number) => Promise<void>;
};

const READY_MS = 60_000;
/** Where what was compiled is kept for the next start: half a second of a processor for each service. */
const COMPILED = '.ushadow/compiled';

/** Starts a built service with the environment contract; does not wait for it. */
export async function startService(options: StartServiceOptions): Promise<RunningService> {
  const { root, service, settings, env = {}, logFile, onOutput, sourceMaps = true } = options;
  const { nodeFlags = service.nodeFlags ?? [] } = options;
  const entry = join(root, service.entry);
  if (!existsSync(entry)) throw new Error(`${service.entry} is missing: build first (npm run build)`);
  const healthPort = await freePort();
  const child = startTied({
    program: process.execPath,
    args: [...nodeFlags, ...(sourceMaps ? ['--enable-source-maps'] : []), entry],
    cwd: root,
    env: {
      ...inheritedEnvironment(),
      NODE_COMPILE_CACHE: join(root, COMPILED),
      ...serviceEnvironment(service, settings, healthPort),
      ...env,
    },
    graceSeconds: 10,
    ...(logFile ? { logFile } : {}),
    ...(onOutput ? { onOutput } : {}),
  });
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  return {
    name: service.name,
    process: child,
    ready: (timeoutMs = READY_MS) =>
      untilReady({ name: service.name, process: child, probe: () => answersOk(`${healthUrl}/readyz`), timeoutMs }),
  };
}
