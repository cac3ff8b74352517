import { AckPolicy, DiscardPolicy, RetentionPolicy, StorageType, type JetStreamManager } from '@nats-io/jetstream';
import { streams } from '@ushadow/contracts';

const SECOND = 1_000_000_000;
const DAY = 86_400 * SECOND;
/** After this long without a sign of life a job is handed to another worker. */
const ACK_WAIT_SECONDS = 30;

/** Makes the streams and the workers' consumer, or brings them up to date. Safe to run from several processes at once. */
export async function ensureStreams(manager: JetStreamManager): Promise<void> {
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
    name: streams.audit.name,
    subjects: [...streams.audit.subjects],
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: 90 * DAY,
  });
  await manager.consumers.add(streams.deploy.name, {
    durable_name: streams.deploy.consumer,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_SECONDS * SECOND,
    max_deliver: -1,
    max_ack_pending: 1000,
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
