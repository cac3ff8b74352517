import { AckPolicy, DiscardPolicy, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { streams } from '@ushadow/contracts';

const SECOND = 1_000_000_000;
const DAY = 86_400 * SECOND;
/** After this long without a sign of life a job is handed to another worker. */
const ACK_WAIT_SECONDS = 30;

export interface StreamOptions {
  /** So often a job is delivered before it is a dead letter. Only what nobody could deal with comes so far. */
  readonly maxDeliveries?: number;
}

const MAX_DELIVERIES = 20;

/** Makes the streams and their consumers, or brings them up to date. Safe to run from several processes at once. */
export async function ensureStreams(manager: JetStreamManager, options: StreamOptions = {}): Promise<void> {
  const base = { storage: StorageType.File, num_replicas: 1, duplicate_window: 120 * SECOND };
  await upsertStream(manager, {
    ...base,
    name: streams.deploy.name,
    subjects: [...streams.deploy.subjects],
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.Old,
    max_age: 7 * DAY,
  });
  await upsertStream(manager, {
    ...base,
    name: streams.dead.name,
    subjects: [...streams.dead.subjects],
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.Old,
    max_age: 30 * DAY,
  });
  await upsertStream(manager, {
    ...base,
    name: streams.audit.name,
    subjects: [...streams.audit.subjects],
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: 90 * DAY,
    // Services read back what they have told of their trails, by subject.
    allow_direct: true,
  });
  const consumer = { ack_policy: AckPolicy.Explicit, ack_wait: ACK_WAIT_SECONDS * SECOND, max_ack_pending: 1000 };
  await manager.consumers.add(streams.deploy.name, {
    ...consumer,
    durable_name: streams.deploy.consumer,
    max_deliver: options.maxDeliveries ?? MAX_DELIVERIES,
  });
  await manager.consumers.add(streams.dead.name, {
    ...consumer,
    durable_name: streams.dead.consumer,
    max_deliver: -1,
  });
}

async function upsertStream(
  manager: JetStreamManager,
  config: Parameters<JetStreamManager['streams']['add']>[0],
): Promise<void> {
  try {
    await manager.streams.add(config);
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    await manager.streams.update(config.name, config);
  }
}

/** The server's code for "stream name already in use with a different configuration". */
function isAlreadyThere(error: unknown): boolean {
  const { code, api_error: apiError } = error as { code?: unknown; api_error?: { err_code?: number } };
  return code === 10058 || apiError?.err_code === 10058;
}
