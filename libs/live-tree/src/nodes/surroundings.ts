import type { NodeHealthData, TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { readinessOf } from '@ushadow/deploy-engine';
import { textAt } from '@ushadow/kubernetes';
import type { Entry } from '../tree/entry.ts';
import { count, troublesIn } from '../tree/tally.ts';

/** What a node has of its place. */
export interface Surroundings {
  readonly parent: string | null;
  /** Who wants it, where that is not its parent alone. */
  readonly services: readonly string[];
  /** What has run may be gone. */
  readonly isOneShot: boolean;
  /** Of a service: what others want as well, which stands under none of them. */
  readonly shared: readonly Entry[];
  readonly nodeOf: (child: Entry) => TreeNodeData | undefined;
}

export interface Told {
  readonly health: NodeHealthData;
  readonly message: string;
}

export function objectFields({ seen }: Entry, object: KubeObject | undefined, { parent, services }: Surroundings) {
  return {
    id: seen.id,
    parent,
    kind: seen.kind,
    name: object?.metadata.name ?? seen.id.slice(seen.id.lastIndexOf('/') + 1),
    created_at: object?.metadata.creationTimestamp ?? null,
    services: [...services],
  };
}

export function podFields(...entries: readonly Entry[]) {
  const all = (name: string): number => entries.reduce((sum, entry) => sum + count(entry.sum, name), 0);
  return { pods: all('pods'), pods_ready: all('ready'), restarts: all('restarts') };
}

/** How an object is by its own status, as a deployment would judge it. */
export function told(object: KubeObject): Told {
  const { state, message, complete } = readinessOf(object);
  if (state === 'ready') return { health: complete === true ? 'completed' : 'ready', message: '' };
  return { health: state === 'pending' ? 'progressing' : state, message };
}

/** Of what is not ready while pods of it fail, those say why. */
export function withTroubles(own: Told, { sum }: Entry): Told {
  if (own.health !== 'progressing' && own.health !== 'failed') return own;
  const troubles = troublesIn(sum);
  if (troubles.length === 0) return own;
  const said = troubles.map(({ reason, pods }) => (count(sum, 'pods') < 2 ? reason : `${reason} (${pods} pods)`));
  return { health: 'failed', message: [own.message, said.join(', ')].filter((text) => text !== '').join(': ') };
}

/** What events say of what is not as it should be, the latest; no matter for what is well. */
export function withRemark(own: Told, { events }: Entry): Told {
  if (own.health !== 'progressing' && own.health !== 'failed') return own;
  const { reason, text } = latestRemark(events);
  // Some events say what a condition says.
  if (text === '' || own.message.includes(text)) return own;
  const remark = `${reason}: ${text}`;
  return { health: own.health, message: own.message === '' ? remark : `${own.message}; ${remark}` };
}

function latestRemark(events: ReadonlySet<Entry>): { readonly reason: string; readonly text: string } {
  let latest = { at: '', id: '', reason: '', text: '' };
  for (const { seen } of events) {
    if (!isRemark(seen.object)) continue;
    const at =
      textAt(seen.object, ['series', 'lastObservedTime']) ||
      textAt(seen.object, ['lastTimestamp']) ||
      textAt(seen.object, ['eventTime']);
    if (at < latest.at || (at === latest.at && seen.id < latest.id)) continue;
    latest = {
      at,
      id: seen.id,
      reason: textAt(seen.object, ['reason']),
      text: textAt(seen.object, ['message']).trim(),
    };
  }
  return latest;
}

/** Why a claim waits is said in a tone that is no warning; that containers crash is known from their status. */
function isRemark(event: KubeObject | undefined): boolean {
  if (textAt(event, ['involvedObject', 'kind']) === 'PersistentVolumeClaim') return true;
  return textAt(event, ['type']) === 'Warning' && textAt(event, ['reason']) !== 'BackOff';
}
