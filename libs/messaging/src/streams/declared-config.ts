import {
  AckPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type StreamConfig,
} from '@nats-io/jetstream';
import type { Stream, StreamConsumer } from '@ushadow/contracts';

const SECOND = 1_000_000_000;
const DAY = 86_400 * SECOND;
const DUPLICATES_SECONDS = 120;

/** What a declaration says of a stream, in the server's words; what it does not say is the operator's, such as replicas. */
export function declaredStream({ name, subjects, retention, limits, readBack = false }: Stream) {
  return {
    name,
    subjects: [...subjects],
    retention: retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: limits.maxAgeDays * DAY,
    max_msgs: limits.maxMessages,
    max_bytes: limits.maxBytes,
    allow_direct: readBack,
    duplicate_window: DUPLICATES_SECONDS * SECOND,
  } satisfies Partial<StreamConfig>;
}

export function declaredConsumer({ name, subjects, ackWaitSeconds, maxDeliveries, maxPending }: StreamConsumer) {
  return {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ackWaitSeconds * SECOND,
    max_deliver: maxDeliveries,
    max_ack_pending: maxPending,
    ...(subjects === undefined ? {} : { filter_subjects: [...subjects] }),
  } satisfies Partial<ConsumerConfig>;
}

type Config = Readonly<Record<string, unknown>>;

/** Each field that is not as declared, with what it is and what it was to be. */
export function driftOf(declared: Config, seen: Config): string[] {
  return Object.entries(declared).flatMap(([field, wanted]) => {
    const [is, should] = [JSON.stringify(seen[field]), JSON.stringify(wanted)];
    return is === should ? [] : [`${field} ${is ?? 'nothing'} instead of ${should}`];
  });
}

const VERSION = 'ushadow.version';

/** Of the declaration that a stream was made by; 0 for one from before there were versions. */
export function versionOf(metadata: Readonly<Record<string, string>> = {}): number {
  const version = Number(metadata[VERSION]);
  return Number.isSafeInteger(version) ? version : 0;
}

/** Without what the server says of itself. */
export function withVersion(metadata: Readonly<Record<string, string>> = {}, version: number): Record<string, string> {
  const others = Object.entries(metadata).filter(([name]) => !name.startsWith('_nats'));
  return { ...Object.fromEntries(others), [VERSION]: String(version) };
}
