import type { PlannedObject } from './planned-changes.ts';

const WITH_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** What a change does to what is running; null where nothing is interrupted by it. */
export function interruptionOf({ object, action, changes }: PlannedObject): string | null {
  if (action === 'recreate') return 'It is deleted and made anew, and away in between.';
  const [kind = ''] = object.split('/');
  const hasNewTemplate = changes.some(({ path }) => path === 'spec.template' || path.startsWith('spec.template.'));
  return action === 'update' && WITH_PODS.has(kind) && hasNewTemplate ? 'Its pods are replaced.' : null;
}
