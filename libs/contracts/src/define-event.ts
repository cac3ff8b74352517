import type { z } from 'zod';

/** Something that happened. `live` events are heard by who listens now; `audit` events and `job`s are kept in JetStream. */
export interface EventDefinition<Data extends z.ZodObject = z.ZodObject> {
  readonly subject: string;
  readonly summary: string;
  readonly delivery: 'live' | 'audit' | 'job';
  readonly data: Data;
}

export type DataOf<E extends EventDefinition> = z.output<E['data']>;

const prefixes = { live: 'ushadow.v1.events', audit: 'ushadow.v1.audit', job: 'ushadow.v1.jobs' } as const;

/** `name` is `<noun>.<past-verb>` for events, `<verb>` for jobs. */
export function defineEvent<const Data extends z.ZodObject>(definition: {
  readonly name: string;
  readonly delivery: EventDefinition['delivery'];
  readonly summary: string;
  readonly data: Data;
}): EventDefinition<Data> {
  const { name, ...rest } = definition;
  return { ...rest, subject: `${prefixes[definition.delivery]}.${name}` };
}
