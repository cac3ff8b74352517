import { listAt, textAt } from './json.ts';
import type { KubeObject } from './object.ts';

/** What an object's status says of itself under one type. */
export interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const conditions = listAt(object, ['status', 'conditions']);
  const found = conditions.find((condition) => condition['type'] === type);
  if (found === undefined) return undefined;
  return { status: textAt(found, ['status']), reason: textAt(found, ['reason']), message: textAt(found, ['message']) };
}
