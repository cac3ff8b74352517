import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import type { ObjectOutcome } from '../deploy-result.ts';
import { marked } from './write-stamp.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { applyWhenServed } from './apply-when-served.ts';
import { createObject } from './create-object.ts';
import { removeFirst } from './remove-first.ts';
import type { RunContext } from '../run/run-context.ts';
import { updateObject } from './update-object.ts';

export interface Written {
  readonly object: KubeObject;
  readonly outcome: ObjectOutcome;
  readonly warnings: readonly string[];
}

/** Makes one planned write happen. Doing it again changes nothing. */
export async function writeObject(desired: KubeObject, entry: PlanEntry, context: RunContext): Promise<Written> {
  if (entry.action === 'recreate') await removeFirst(entry, 'recreated', context);
  const { object, warnings } = await write(marked(desired, context.settings), entry, context);
  return { object, warnings, outcome: OUTCOMES[entry.action] };
}

function write(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  if (entry.action !== 'update') return createObject(body, entry, context);
  // What is there but may not be read has no uid that we know of.
  return entry.uid === undefined ? applyWhenServed(body, entry, context) : updateObject(body, entry, context);
}

const OUTCOMES = {
  create: 'created',
  update: 'configured',
  recreate: 'recreated',
  delete: 'deleted',
  unchanged: 'unchanged',
} as const;
