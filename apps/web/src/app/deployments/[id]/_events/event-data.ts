import { operations, type ProgressEventData } from '@ushadow/contracts';
import { z } from 'zod';

const text = z.string();
const objectId = z.object({ kind: text, namespace: text.optional(), name: text });
const sourcePlace = z.object({
  path: text,
  file: text.optional(),
  line: z.number().optional(),
  column: z.number().optional(),
});
const evidence = z.object({ kind: text, path: text, value: text, count: z.number().optional() });

/** What the page uses of the data of each type of event. An event that does not fit is shown by its message alone. */
const shapes = {
  'stage.started': z.object({ stage: text }),
  'stage.ended': z.object({ stage: text, ms: z.number() }),
  'object.planned': z.object({ object: objectId, action: text }),
  'object.applied': z.object({ object: objectId, outcome: text }),
  'object.status': z.object({ object: objectId, state: text, message: text }),
  'object.deleted': z.object({ object: objectId, reason: text }),
  'cause.raised': z.object({
    cause: z.object({
      id: text,
      code: text,
      message: text,
      object: objectId,
      container: text.optional(),
      remedy: text.optional(),
      severity: text,
      source: sourcePlace.optional(),
      evidence: z.array(evidence).default([]),
    }),
  }),
  'cause.cleared': z.object({ id: text }),
  log: z.object({ object: objectId, container: text, lines: z.array(text) }),
  'ending.requested': z.object({ request: text, rollback: z.boolean(), actor: text }),
  verdict: operations.getDeployment.output.shape.verdict.unwrap(),
} as const;

type Shapes = typeof shapes;
export type EventType = keyof Shapes;
export type EventDataOf<T extends EventType> = z.output<Shapes[T]>;
export type CauseData = EventDataOf<'cause.raised'>['cause'];

/** The data of an event of this type; null for other types and for data that does not fit. */
export function dataOf<T extends EventType>(event: ProgressEventData, type: T): EventDataOf<T> | null {
  if (event.type !== type) return null;
  const read = shapes[type].safeParse(event.data);
  return read.success ? (read.data as EventDataOf<T>) : null;
}

/** `compose.yaml:12:5`, or the pointer into the project where the file is not known. */
export function placeName({ path, file, line, column }: z.output<typeof sourcePlace>): string {
  return file === undefined ? path : [file, line, column].filter((part) => part !== undefined).join(':');
}

/** `Kind/namespace/name`, as the deployment lists its objects. */
export function objectName(id: z.output<typeof objectId>): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== undefined).join('/');
}
