import {
  natsFor,
  startServices,
  testCluster,
  testDatabase,
  testNamespace,
  type RunningSystem,
  type TestCluster,
  type TestNamespace,
} from '@ushadow/testing';
import { repositoryRoot } from '@ushadow/testing';
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
export async function startWebSystem(fileUrl: string, prefix: string): Promise<WebSystem> {
  const cluster = await testCluster();
  const namespace = await testNamespace(cluster, prefix);
  const database = await testDatabase();
  const { url: natsUrl } = await natsFor(fileUrl);
  const system = await startServices({ database, natsUrl, composeDirectory });
  const port = await freePort();
  const web = await startWeb({ root: repositoryRoot(), gatewayUrl: system.gatewayUrl, port });
  await web.ready();
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    cluster,
    namespace,
    system,
    stop: async () => {
      await web.process.stop();
      await system.stop();
      await database.drop();
      await namespace.delete();
    },
  };
}
