import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startTied } from '../servers/process/tied-process.ts';
import { untilReady } from '../servers/process/until-ready.ts';
import { answersOk } from './answers-ok.ts';
import { inheritedEnvironment } from './service-environment.ts';
import type { RunningService } from './start-service.ts';

export type StartWebOptions = {
  readonly root: string;
  readonly gatewayUrl: string;
  readonly port: number;
  readonly logFile?: string;
  readonly onOutput?: (text: string) => void;
};

/** Starts the built web app on loopback; does not wait for it. */
export async function startWeb({
  root,
  gatewayUrl,
  port,
  logFile,
  onOutput,
}: StartWebOptions): Promise<RunningService> {
  const folder = join(root, 'apps', 'web');
  if (!existsSync(join(folder, '.next', 'BUILD_ID'))) throw new Error('apps/web is not built: npm run build');
  const child = startTied({
    program: process.execPath,
    args: [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'start', '-H', '127.0.0.1', '-p', String(port)],
    cwd: folder,
    env: {
      ...inheritedEnvironment(),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      GATEWAY_URL: gatewayUrl,
      PORT: String(port),
    },
    ...(logFile ? { logFile } : {}),
    ...(onOutput ? { onOutput } : {}),
  });
  const probe = (): Promise<boolean> => answersOk(`http://127.0.0.1:${port}/icon.svg`);
  return {
    name: 'web',
    process: child,
    ready: (timeoutMs = 60_000) => untilReady({ name: 'web', process: child, probe, timeoutMs }),
  };
}
