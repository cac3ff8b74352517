import {
  events,
  operations,
  type AuditEntryData,
  type ChannelData,
  type DataOf,
  type RequestOf,
  type VerdictData,
} from '@ushadow/contracts';
import { BusConnection, EventBus } from '@ushadow/messaging';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { busOf, natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';

export const newSigningKey = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const EVERY_END = [
  'deployment.succeeded',
  'deployment.failed',
  'deployment.rolled-back',
  'deployment.unknown',
] as const;

/** A notifier with what it needs, and somebody who tells it what happens, as the deployer does. */
export class Notifying {
  private sequence = 0;

  private constructor(
    readonly system: RunningSystem,
    readonly database: TestDatabase,
    readonly caller: Caller,
    private readonly deployer: BusConnection,
  ) {}

  static async start(
    testFile: string,
    env: Readonly<Record<string, string>> = {},
    more: readonly ('cluster-service' | 'deployer-service')[] = [],
  ): Promise<Notifying> {
    const database = await testDatabase();
    const natsUrl = (await natsFor(testFile)).url;
    const system = await startServices({
      ...{ database, natsUrl, composeDirectory: '/x', only: ['notifier-service', ...more] },
      env: {
        'notifier-service': {
          ...{ ALLOW_PRIVATE_RECEIVERS: 'true', RECEIVER_TIMEOUT_SECONDS: '2', PUBLIC_URL: 'https://ushadow.example/' },
          ...env,
        },
        'cluster-service': { STATUS_INTERVAL_SECONDS: '0' },
      },
    });
    const deployer = new BusConnection(busOf(natsUrl, 'deployer'));
    deployer.onApplicationBootstrap();
    await deployer.opened();
    return new Notifying(system, database, await openCaller(natsUrl), deployer);
  }

  async stop(): Promise<void> {
    await this.caller.close();
    await this.deployer.onApplicationShutdown();
    await this.system.stop();
    await this.database.drop();
  }

  /** A channel that wants every end of a deployment. */
  channel(
    name: string,
    more: Partial<RequestOf<typeof operations.createChannel>> & { readonly kind: ChannelData['kind'] },
  ): Promise<ChannelData> {
    return this.caller.rpc.call(operations.createChannel, {
      name,
      allow_plaintext: true,
      rules: [{ events: [...EVERY_END] }],
      ...(more.kind === 'webhook' ? { signing_key: newSigningKey() } : {}),
      ...more,
    });
  }

  /** A deployment ends, as the deployer's audit tells it; gives the id of that entry. */
  async ends(verdict: Partial<VerdictData> = {}, more: Partial<AuditEntryData> = {}): Promise<string> {
    const audit_id = randomUUID();
    const sequence = ++this.sequence;
    const entry = {
      ...{ audit_id, service: 'deployer', sequence, time: new Date().toISOString(), action: 'deployment.finished' },
      ...{ actor: 'operator', request_id: 'request-1', target: 'shop', result: 'done', details: {} },
      ...{ cluster_id: '0123456789abcdef', namespace: 'shop', project: 'shop', services: ['web'] },
      ...{ stack_id: randomUUID(), deployment_id: randomUUID() },
      deployment: {
        ...{ kind: 'deploy', plan_id: null, adopted: [], plan_hash: null, desired_digest: null, before_digest: null },
        after_digest: null,
        verdict: {
          ...{
            status: 'failed',
            code: 'IMAGE_NOT_FOUND',
            reason: 'There is no such image',
            object: null,
            remedy: null,
          },
          ...verdict,
        },
      },
      ...{ key_id: 'k', previous_seal: '', seal: '' },
      ...more,
    } as AuditEntryData;
    await this.tell(entry);
    return audit_id;
  }

  async tell(entry: AuditEntryData, messageId: string = randomUUID()): Promise<void> {
    await new EventBus(this.deployer).store(events.deployerRecorded, entry, { key: String(entry.sequence), messageId });
  }

  /** What the deployer says of drift as it finds it. */
  drifts(drift: DataOf<typeof events.stackDrifted>): void {
    new EventBus(this.deployer).announce(events.stackDrifted, drift);
  }

  isInSync(resolved: DataOf<typeof events.stackDriftResolved>): void {
    new EventBus(this.deployer).announce(events.stackDriftResolved, resolved);
  }

  async deliveries(channel: ChannelData) {
    const input = { channel_id: channel.channel_id, limit: 100 };
    return (await this.caller.rpc.call(operations.listDeliveries, input)).deliveries;
  }

  async state(channel: ChannelData): Promise<ChannelData | undefined> {
    const { channels } = await this.caller.rpc.call(operations.listChannels, {});
    return channels.find(({ channel_id: id }) => id === channel.channel_id);
  }

  async query(text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.database.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }
}
