import {
  JetStreamApiError,
  type ConsumerInfo,
  type JetStreamManager,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import { streams, type Stream, type StreamConsumer } from '@ushadow/contracts';
import { declaredConsumer, declaredStream, driftOf, versionOf, withVersion } from './declared-config.ts';

const NOT_FOUND = new Set([10_014, 10_059]);

/**
 * Makes the streams and their consumers as they are declared, or brings them up to date: what is there is read, compared,
 * changed and read again. The newest version of a declaration wins. Safe to run from several processes at once.
 *
 * @returns a sentence for each that was otherwise
 * @throws Error with one sentence when the server does not keep one as it is declared
 */
export async function reconcileStreams(
  manager: JetStreamManager,
  declared: Readonly<Record<string, Stream>> = streams,
): Promise<string[]> {
  const changes: string[] = [];
  for (const stream of Object.values(declared)) {
    const { isOurs, sentence } = await reconcileStream(manager, stream);
    if (sentence !== undefined) changes.push(sentence);
    if (!isOurs || stream.consumer === undefined) continue;
    const drift = await reconcileConsumer(manager, stream, stream.consumer);
    if (drift.length > 0) changes.push(sentenceOf(`consumer ${stream.consumer.name}`, drift));
  }
  return changes;
}

async function reconcileStream(
  manager: JetStreamManager,
  stream: Stream,
): Promise<{ readonly isOurs: boolean; readonly sentence?: string }> {
  const { name, version } = stream;
  const wanted = declaredStream(stream);
  const seen = await found(() => manager.streams.info(name));
  if (seen === undefined) {
    const config = { ...wanted, num_replicas: 1, metadata: withVersion({}, version) };
    await asked(name, () => manager.streams.add(config));
    await refuseDrift(name, wanted, () => manager.streams.info(name));
    return { isOurs: true };
  }
  const made = versionOf(seen.config.metadata);
  if (made > version) {
    const sentence = `${name} was made by version ${String(made)} of its declaration: this is version ${String(version)} and leaves it as it is.`;
    return { isOurs: false, sentence };
  }
  const drift = driftOf(wanted, fields(seen));
  if (drift.length === 0 && made === version) return { isOurs: true };
  const changed: Partial<StreamConfig> = { ...wanted, metadata: withVersion(seen.config.metadata, version) };
  await asked(name, () => manager.streams.update(name, changed));
  await refuseDrift(name, wanted, () => manager.streams.info(name));
  return { isOurs: true, ...(drift.length === 0 ? {} : { sentence: sentenceOf(name, drift) }) };
}

/** What was otherwise. */
async function reconcileConsumer(
  manager: JetStreamManager,
  { name: stream }: Stream,
  consumer: StreamConsumer,
): Promise<readonly string[]> {
  const { name } = consumer;
  const wanted = declaredConsumer(consumer);
  const read = (): Promise<ConsumerInfo> => manager.consumers.info(stream, name);
  const seen = await found(read);
  const drift = seen === undefined ? [] : driftOf(wanted, fields(seen));
  if (seen !== undefined && drift.length === 0) return [];
  await asked(name, () =>
    seen === undefined ? manager.consumers.add(stream, wanted) : manager.consumers.update(stream, name, wanted),
  );
  await refuseDrift(name, wanted, read);
  return drift;
}

/** What the server has after all. */
async function refuseDrift(
  name: string,
  wanted: Readonly<Record<string, unknown>>,
  read: () => Promise<StreamInfo | ConsumerInfo>,
): Promise<void> {
  const drift = driftOf(wanted, fields(await read()));
  if (drift.length > 0)
    throw new Error(`The NATS server keeps ${name} otherwise than it was asked: ${drift.join(', ')}.`);
}

function sentenceOf(name: string, drift: readonly string[]): string {
  return `${name} had ${drift.join(', ')}: it is as declared now.`;
}

function fields({ config }: StreamInfo | ConsumerInfo): Readonly<Record<string, unknown>> {
  return { ...config };
}

async function found<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof JetStreamApiError && NOT_FOUND.has(error.code)) return undefined;
    throw error;
  }
}

async function asked(name: string, change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (cause) {
    if (!(cause instanceof JetStreamApiError)) throw cause;
    throw new Error(`The NATS server refuses ${name} as it is declared: ${cause.message}.`, { cause });
  }
}
