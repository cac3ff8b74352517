import type { DataOf, events, NotificationData } from '@ushadow/contracts';
import { createHash } from 'node:crypto';

export type Drifted = DataOf<typeof events.stackDrifted>;
export type Resolved = DataOf<typeof events.stackDriftResolved>;

const OBJECTS_MAX = 8;
const FIELDS_MAX = 4;

export function fromDrift(drift: Drifted, clusterName: string, publicUrl: string): NotificationData {
  const { project, count, objects, since } = drift;
  const managers = [...new Set(objects.flatMap((each) => each.managers))];
  const lines = objects.slice(0, OBJECTS_MAX).map(({ object, state, fields }) => {
    const some = fields.slice(0, FIELDS_MAX).join(', ');
    return `${object} is ${state}${some === '' ? '' : `: ${some}${fields.length > FIELDS_MAX ? ', …' : ''}`}.`;
  });
  return {
    ...about(drift, publicUrl),
    type: 'stack.drifted',
    severity: 'warning',
    title: `${project} on ${clusterName} has drifted: ${count === 1 ? 'an object is' : `${String(count)} objects are`} not as deployed`,
    text: lines.join(' '),
    facts: [
      ...factsOf(drift, clusterName),
      { name: 'Since', value: since },
      ...(managers.length === 0 ? [] : [{ name: 'By', value: managers.join(', ').slice(0, 300) }]),
    ],
    time: new Date().toISOString(),
  };
}

export function fromResolved(resolved: Resolved, clusterName: string, publicUrl: string): NotificationData {
  return {
    ...about(resolved, publicUrl),
    type: 'stack.in-sync',
    severity: 'good',
    title: `${resolved.project} on ${clusterName} is as deployed again`,
    text: `It had drifted since ${resolved.since}.`,
    facts: factsOf(resolved, clusterName),
    time: new Date().toISOString(),
  };
}

/** The same for the same objects and fields, whoever finds it. */
export function driftId({ stack_id: id, since, count, objects }: Drifted): string {
  const outline = objects
    .map(({ object, state, fields }) => `${object} ${state} ${[...fields].sort().join(' ')}`)
    .sort();
  const digest = createHash('sha256')
    .update([String(count), ...outline].join('\n'))
    .digest('hex');
  return `drift ${id} ${since} ${digest.slice(0, 16)}`;
}

export function resolvedId({ stack_id: id, since }: Resolved): string {
  return `in-sync ${id} ${since}`;
}

function about({ target, stack_id }: Drifted | Resolved, publicUrl: string) {
  return { target, stack_id, deployment_id: null, link: `${publicUrl}/stacks/${stack_id}` };
}

function factsOf({ namespace, project, revision }: Drifted | Resolved, clusterName: string): NotificationData['facts'] {
  return [
    { name: 'Stack', value: `${namespace}/${project}` },
    { name: 'Cluster', value: clusterName },
    { name: 'Revision', value: String(revision) },
  ];
}
