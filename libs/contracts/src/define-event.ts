import type { z } from 'zod';
import type { BusUser, ServiceName } from './define-operation.ts';

/** Something that happened. `live` events are heard by who listens now; `audit` events and `job`s are kept in JetStream. */
export interface EventDefinition<Data extends z.ZodObject = z.ZodObject> {
  readonly subject: string;
  readonly summary: string;
  readonly delivery: 'live' | 'audit' | 'job';
  readonly publisher: ServiceName;
  readonly listeners: readonly BusUser[];
  /** The field whose value is the last token of the subject, for events that listeners choose by id. */
  readonly key?: keyof z.output<Data> & string;
  /** Its publisher asks the stream for the last one again. */
  readonly isReadBack?: boolean;
  readonly data: Data;
}

export type DataOf<E extends EventDefinition> = z.output<E['data']>;

const prefixes = { live: 'ushadow.v1.events', audit: 'ushadow.v1.audit', job: 'ushadow.v1.jobs' } as const;

/** `name` is `<noun>.<past-verb>` for events, `<verb>` for jobs. */
export function defineEvent<const Data extends z.ZodObject>(
  definition: Omit<EventDefinition<Data>, 'subject'> & { readonly name: string },
): EventDefinition<Data> {
  const { name, ...rest } = definition;
  return { ...rest, subject: `${prefixes[definition.delivery]}.${name}` };
}
