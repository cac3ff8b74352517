import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@ushadow/contracts';
import { natsFor, startServices, testDatabase } from '@ushadow/testing';
import type { RunningSystem, TestDatabase } from '@ushadow/testing';
import type { Followed } from '../../support/gateway.ts';
import { follow, gatewayClient, toBase64 } from '../../support/gateway.ts';
import { nodeKubeconfig } from './kubectl.ts';

type DeployInput = Parameters<Client['startDeployment']>[0];
type StackInput = Parameters<Client['deployStack']>[0];

/** The services under test as real processes, with a Compose folder of their own and the node's cluster registered. */
export class Product {
  readonly #system: RunningSystem;
  readonly #database: TestDatabase;
  readonly #folder: string;
  readonly client: Client;
  readonly #clusterId: string;

  private constructor(parts: {
    system: RunningSystem;
    database: TestDatabase;
    folder: string;
    client: Client;
    clusterId: string;
  }) {
    this.#system = parts.system;
    this.#database = parts.database;
    this.#folder = parts.folder;
    this.client = parts.client;
    this.#clusterId = parts.clusterId;
  }

  get gatewayUrl(): string {
    return this.#system.gatewayUrl;
  }

  static async start(testFile: string): Promise<Product> {
    const folder = mkdtempSync(join(tmpdir(), 'ushadow-compose-'));
    const database = await testDatabase();
    const env = { 'deployer-service': { WORKER_CONCURRENCY: '32' } };
    const system = await startServices({
      database,
      natsUrl: (await natsFor(testFile)).url,
      composeDirectory: folder,
      env,
    });
    const client = gatewayClient(system.gatewayUrl);
    const kubeconfig = toBase64(readFileSync(nodeKubeconfig ?? '', 'utf8'));
    const { cluster_id: clusterId } = await client.registerCluster({ name: 'node', kubeconfig });
    return new Product({ system, database, folder, client, clusterId });
  }

  async stop(): Promise<void> {
    await this.#system.stop();
    await this.#database.drop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get database(): TestDatabase {
    return this.#database;
  }

  /** Everything the services wrote so far. */
  logs(): string {
    return this.#system.logs();
  }

  /** Kills the processes of a service without a word, and starts another one. */
  async restart(name: Parameters<RunningSystem['add']>[0]): Promise<void> {
    const killed = this.#system.processes(name).map(({ process }) => {
      process.signal('KILL');
      return process.exited;
    });
    await Promise.all(killed);
    await this.#system.add(name);
  }

  /** Makes projects/PATH the content of NAME.yaml in the Compose folder, with what lies beside it; gives back the text. */
  offer(path: string, name: string, values: Readonly<Record<string, string>> = {}): string {
    const file = fileURLToPath(new URL(`../projects/${path}`, import.meta.url));
    const text = readFileSync(file, 'utf8').replace(/\$\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
    const isBeside = (path: string): boolean => dirname(path) !== dirname(file) || !path.endsWith('.yaml');
    cpSync(dirname(file), this.#folder, { recursive: true, filter: isBeside });
    writeFileSync(join(this.#folder, `${name}.yaml`), text);
    return text;
  }

  /** Starts a deployment; gives its id. */
  async begin(input: Omit<DeployInput, 'cluster_id'>): Promise<string> {
    const started = await this.client.startDeployment({ cluster_id: this.#clusterId, ...input });
    return started.deployment_id;
  }

  follow(deploymentId: string, seen?: Parameters<typeof follow>[2]): Promise<Followed> {
    return follow(this.#system.gatewayUrl, deploymentId, seen);
  }

  /** Deploys a project, or some of its services, and follows it to its end. */
  async up(input: Omit<StackInput, 'cluster_id'>): Promise<Followed> {
    const started = await this.client.deployStack({ cluster_id: this.#clusterId, ...input });
    return this.follow(started.deployment_id);
  }

  async deploy(input: Omit<DeployInput, 'cluster_id'>): Promise<Followed> {
    return this.follow(await this.begin(input));
  }
}
