import type { KubeObject } from '@ushadow/kubernetes';
import { textAt } from '@ushadow/kubernetes';

/** Kinds that make others, which bear the maker’s name and a dash before their own ending. */
const MAKERS = new Set(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet']);
const MADE = new Set(['Job', 'PersistentVolumeClaim', 'Pod', 'ReplicaSet']);
/** What controllers put behind a name: a hash, five letters, a number, a minute. */
const ENDING = /^(?:[a-z0-9]{1,12}-)?(?:[bcdfghjklmnpqrstvwxz2456789]{5}|\d+)$|^[bcdfghjklmnpqrstvwxz2456789]{4,10}$/;

/**
 * Which events are about some objects: those that name one of them, and those about what is gone and was made by one, as its
 * name says; why a pod has ended is asked most when it has.
 */
export function eventsAbout(objects: Iterable<KubeObject>): (event: KubeObject) => boolean {
  const uids = new Set<string>();
  const makers = new Set<string>();
  for (const { kind, metadata } of objects) {
    if (metadata.uid !== undefined) uids.add(metadata.uid);
    if (MAKERS.has(kind)) makers.add(metadata.name);
  }
  return (event) => {
    if (uids.has(textAt(event, ['involvedObject', 'uid']))) return true;
    return (
      MADE.has(textAt(event, ['involvedObject', 'kind'])) && isMade(textAt(event, ['involvedObject', 'name']), makers)
    );
  };
}

function isMade(name: string, makers: ReadonlySet<string>): boolean {
  for (let dash = name.lastIndexOf('-'); dash > 0; dash = name.lastIndexOf('-', dash - 1)) {
    if (makers.has(name.slice(0, dash)) && ENDING.test(name.slice(dash + 1))) return true;
  }
  return false;
}
