import { relative } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import type { ControlPlane, ServerContext } from '@ushadow/testing/servers';
import { installStreams } from '@ushadow/testing/services';
import { runNx } from '../workspace/run-nx.ts';
import { auditRings, keyRings, prepareDataDirectory } from './data-directory.ts';
import type { DataDirectory } from './data-directory.ts';
import { claimCheckout } from './only-one.ts';
import { readOptions } from './options.ts';
import type { StartOptions } from './options.ts';
import { startProcesses } from './processes.ts';
import { sandboxKubeconfig, startSandbox } from './sandbox.ts';
import { SandboxState, watchedProgress } from './sandbox-state.ts';
import { startServers } from './servers.ts';
import { stopSignal } from './until-stopped.ts';

type Stop = () => Promise<void>;

/** Starts everything, prints the URL, and resolves when a signal has ended it all. Sets the exit code. */
export async function start(args: readonly string[]): Promise<void> {
  const tell = (line: string): void => console.log(line);
  const stopping = stopSignal(tell);
  const stops: Stop[] = [];
  try {
    const root = repositoryRoot();
    const data = await prepareDataDirectory(root);
    claimCheckout(data.root);
    const options = await readOptions(args, process.env, root, tell);
    const context = { env: process.env, root, progress: lineProgress(tell) };
    const started = bringUp({ context, options, data, stops, stopping, tell });
    await Promise.race([started, aborted(stopping)]);
    await aborted(stopping);
  } catch (error) {
    if (!stopping.aborted) {
      console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  for (const stop of stops.reverse()) await stop();
  // A start that was interrupted may still be building: its programs end with this process.
  process.exit();
}

type BringUp = {
  readonly context: ServerContext;
  readonly options: StartOptions;
  readonly data: DataDirectory;
  readonly stops: Stop[];
  readonly stopping: AbortSignal;
  readonly tell: (line: string) => void;
};

async function bringUp({ context, options, data, stops, stopping, tell }: BringUp): Promise<void> {
  const { root } = context;
  // Before anything runs that would read what an earlier start has left there.
  const sandbox = new SandboxState(data.sandboxState);
  if (options.sandbox) sandbox.making('waiting for Ushadow itself');
  else sandbox.off();
  const [servers] = await bothOrNone(startServers(context, data), runNx(context, 'build'), (each) => each.stop());
  stops.push(servers.stop);
  stopping.throwIfAborted();
  const settings = {
    natsUrl: servers.natsUrl,
    busKeys: servers.busKeys,
    databaseUrls: servers.databaseUrls,
    migrationUrls: servers.migrationUrls,
    keys: await keyRings(data),
    auditKeys: await auditRings(data),
    composeDirectory: options.composeDirectory,
    composeEnvFile: options.composeEnvFile,
    templateDirectories: options.templateDirectories,
    manifestsDirectory: options.manifestsDirectory,
    hostPaths: options.hostPaths,
    podSecurity: options.podSecurity,
    serviceAccounts: options.serviceAccounts,
    sandboxFile: data.sandboxState,
    publicUrl: options.publicUrl,
    gatewayPort: options.gatewayPort,
    logLevel: options.logLevel,
  };
  await installStreams(root, settings);
  const { webPort } = options;
  const processes = await startProcesses({ root, logs: data.logs, settings, webPort, tell });
  stops.push(processes.stop);
  stopping.throwIfAborted();
  tell(`\n  Ushadow is running: http://127.0.0.1:${webPort}\n`);
  tell(
    `  API http://127.0.0.1:${options.gatewayPort}/api · logs ${relative(root, data.logs)}/ · Ctrl-C stops everything\n`,
  );
  if (options.sandbox) stops.push(sandboxInBackground({ context, options, data, stops, stopping, tell }, sandbox));
}

const WITHOUT_SANDBOX = 'Everything else works: add a cluster of your own; --no-sandbox leaves this one out.';

/** Starts the sandbox while the page is in use already, and gives back what stops it at whatever point it is. */
function sandboxInBackground({ context, options, data, stopping, tell }: BringUp, state: SandboxState): Stop {
  const directory = data.sandbox;
  const gatewayUrl = `http://127.0.0.1:${options.gatewayPort}`;
  const progress = watchedProgress(context.progress, (line) => state.making(line));
  const cluster = startSandbox({ context: { ...context, progress }, directory, gatewayUrl, signal: stopping });
  let ready: ControlPlane | undefined;
  cluster.then(
    (each) => {
      ready = each;
      state.ready();
      const file = relative(context.root, sandboxKubeconfig(directory));
      tell(`✓ The sandbox cluster is ready: kubectl --kubeconfig ${file} get pods -A`);
    },
    (error: unknown) => {
      if (stopping.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      state.failed(reason, WITHOUT_SANDBOX);
      tell(`✗ No sandbox cluster: ${reason}`);
      tell(`  ${WITHOUT_SANDBOX}`);
    },
  );
  // One that is still being built or started is not waited for: its programs end with this process.
  return async () => ready?.stop();
}

/** Both results; when the second fails, the first is undone. */
async function bothOrNone<A, B>(
  first: Promise<A>,
  second: Promise<B>,
  undo: (first: A) => Promise<void>,
): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second]);
  if (a.status === 'rejected') throw a.reason;
  if (b.status === 'rejected') {
    await undo(a.value);
    throw b.reason;
  }
  return [a.value, b.value];
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
