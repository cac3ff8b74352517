import { rename } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { SERVICES, startService, startWeb } from '@ushadow/testing/services';
import type { RunningService, SystemSettings } from '@ushadow/testing/services';
import { supervise } from './supervise.ts';
import type { Supervisor } from './supervise.ts';

export type ProcessesOptions = {
  readonly root: string;
  readonly logs: string;
  readonly settings: SystemSettings;
  readonly webPort: number;
  readonly tell: (line: string) => void;
};

/** Starts the services and the web app, waits until they serve, and keeps them running. */
export async function startProcesses(options: ProcessesOptions): Promise<{ readonly stop: () => Promise<void> }> {
  const { settings, webPort, root } = options;
  const gatewayUrl = `http://127.0.0.1:${settings.gatewayPort}`;
  const starters: readonly Starter[] = [
    ...SERVICES.map((service) => ({
      name: service.name,
      start: (logFile: string) => startService({ root, service, settings, logFile }),
    })),
    { name: 'web', start: (logFile: string) => startWeb({ root, gatewayUrl, port: webPort, logFile }) },
  ];
  const supervisors: Supervisor[] = [];
  const stop = async (): Promise<void> => {
    // The web app and the gateway first, so that nobody asks a service that is ending.
    for (const supervisor of supervisors.splice(-2).reverse()) await supervisor.stop();
    await Promise.all(supervisors.splice(0).map((supervisor) => supervisor.stop()));
  };
  try {
    const running = await Promise.all(starters.map((starter) => startOne(starter, options, supervisors)));
    await Promise.all(running.map((each) => each.ready()));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Starter = { readonly name: string; readonly start: (logFile: string) => Promise<RunningService> };

async function startOne(
  { name, start }: Starter,
  { root, logs, tell }: ProcessesOptions,
  supervisors: Supervisor[],
): Promise<RunningService> {
  const logFile = join(logs, `${name}.log`);
  await rename(logFile, `${logFile}.previous`).catch(() => undefined); // there is none at the first start
  const first = await start(logFile);
  const again = async () => (await start(logFile)).process;
  supervisors.push(supervise(first.process, { name, start: again, tell, logFile: relative(root, logFile) }));
  return first;
}
