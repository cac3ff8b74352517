import {
  natsFor,
  repositoryRoot,
  startServices,
  testCluster,
  testDatabase,
  testNamespace,
  type RunningSystem,
  type StartServicesOptions,
  type TestCluster,
  type TestNamespace,
} from '@ushadow/testing';
import { freePort } from '@ushadow/testing/servers';
import { startWeb } from '@ushadow/testing/services';
import { composeDirectory } from '../../support/gateway.ts';

export interface WebSystem {
  readonly origin: string;
  readonly cluster: TestCluster;
  readonly namespace: TestNamespace;
  readonly system: RunningSystem;
  readonly stop: () => Promise<void>;
}

/** The whole product as processes, the web app included, with a namespace in a real cluster. */
export async function startWebSystem(
  fileUrl: string,
  prefix: string,
  env: NonNullable<StartServicesOptions['env']> = {},
): Promise<WebSystem> {
  // What was started ends in reverse, also when a later part does not start.
  await using started = new AsyncDisposableStack();
  const cluster = await testCluster();
  const namespace = started.adopt(await testNamespace(cluster, prefix), (each) => each.delete());
  const database = started.adopt(await testDatabase(), (each) => each.drop());
  const { url: natsUrl } = await natsFor(fileUrl);
  const system = started.adopt(await startServices({ database, natsUrl, composeDirectory, env }), (each) =>
    each.stop(),
  );
  const port = await freePort();
  const web = started.adopt(await startWeb({ root: repositoryRoot(), gatewayUrl: system.gatewayUrl, port }), (each) =>
    each.process.stop(),
  );
  await web.ready();
  const running = started.move();
  return { origin: `http://127.0.0.1:${String(port)}`, cluster, namespace, system, stop: () => running.disposeAsync() };
}
