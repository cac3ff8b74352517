import type { CallOptions, KubeObject, ObjectId, PodReference } from '@ushadow/kubernetes';
import { formatObjectId, numberAt, objectId, objectKey, podReferences, valueAt, groupBy } from '@ushadow/kubernetes';
import type { Failure, FailureCode } from '@ushadow/diagnose';
import { failureOfApiError, isUnreachable } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { isCompleted } from '../plan/plan-completed.ts';
import type { PlanEntry } from '../plan/plan.ts';
import type { LiveRead } from '../apply/read-live.ts';
import { readOne } from '../apply/read-live.ts';

export interface OutsideFindings {
  readonly problems: readonly Failure[];
  readonly warnings: readonly Failure[];
}

interface Use extends PodReference {
  readonly id: ObjectId;
  readonly by: KubeObject;
}

/** Every namespace is given it, a little after it was made. */
const ROOT_CERTIFICATE = 'kube-root-ca.crt';

/**
 * Pods that name what nobody has made wait for it, until a deadline ends the deployment. So what they name and what is not
 * brought along is looked for, in the same round as all else.
 *
 * @returns given the entries of the plan, what is missing: a problem where pods would be started anew
 */
export function checkReferences(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  settings: Pick<Settings, 'missing' | 'completed'>,
  call: CallOptions,
): (entries: readonly PlanEntry[]) => Promise<OutsideFindings> {
  const brought = new Set(objects.map((object) => objectKey(objectId(object))));
  const running = objects.filter((object) => !isCompleted(objectId(object), settings));
  const uses = running.flatMap(usesOf).filter(({ id }) => !brought.has(objectKey(id)));
  const reading = Promise.all(
    [...groupBy(uses, ({ id }) => objectKey(id)).values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [readUsed([first, ...others], cluster, call)],
    ),
  );
  // Whoever asks for it gets the error.
  reading.catch(() => undefined);
  return async (entries) => {
    const starting = new Set(entries.filter(startsPods).map(({ object }) => objectKey(object)));
    const problems: Failure[] = [];
    const warnings: Failure[] = [];
    for (const { group, read } of await reading) {
      const failure = judge(group, read);
      if (failure === undefined) continue;
      const isLost = read.error !== undefined && isUnreachable(failure);
      const blocks = group.some((use) => isBlocking(use) && starting.has(objectKey(objectId(use.by))));
      const isProblem = read.error === undefined && blocks && settings.missing === 'refuse';
      (isLost || isProblem ? problems : warnings).push(failure);
    }
    return { problems, warnings };
  };
}

type Uses = readonly [Use, ...Use[]];

async function readUsed(
  group: Uses,
  cluster: ClusterPort,
  call: CallOptions,
): Promise<{ group: Uses; read: LiveRead }> {
  return { group, read: await readOne(group[0].id, cluster, call) };
}

const startsPods = ({ action }: PlanEntry): boolean => action !== 'unchanged' && action !== 'delete';

/** Without a pull secret an image that is open to all is pulled all the same; what runs nothing needs nothing. */
function isBlocking({ isPullSecret, by }: Use): boolean {
  const isOff = numberAt(by, ['spec', 'replicas'], 1) === 0 || valueAt(by, ['spec', 'suspend']) === true;
  return isPullSecret !== true && !isOff;
}

function usesOf(by: KubeObject): Use[] {
  const { namespace } = by.metadata;
  if (namespace === undefined) return [];
  return podReferences(by)
    .filter(({ name }) => name !== ROOT_CERTIFICATE)
    .map((reference) => {
      const { kind, name } = reference;
      return { ...reference, by, id: { group: '', version: 'v1', kind, namespace, name } };
    });
}

const CODES: Readonly<Record<PodReference['kind'], FailureCode>> = {
  ConfigMap: 'CONFIG_REF_MISSING',
  Secret: 'CONFIG_REF_MISSING',
  PersistentVolumeClaim: 'CLAIM_MISSING',
  ServiceAccount: 'SERVICE_ACCOUNT_MISSING',
};

function judge(group: Uses, { live, error }: LiveRead): Failure | undefined {
  const [first] = group;
  const what = `${first.kind} "${first.name}"`;
  const users = [...new Set(group.map(({ by }) => formatObjectId(objectId(by))))].join(', ');
  const said = { object: objectId(first.by), field: first.field };
  if (error !== undefined) {
    const failure = failureOfApiError(error, first.id);
    const message = `it cannot be seen whether there is the ${what} that ${users} needs: ${failure.message}`;
    return { ...failure, ...said, message };
  }
  const lacking =
    live === undefined ? [] : [...new Set(group.flatMap(({ keys }) => keys))].filter((key) => !hasKey(live, key));
  const isGoing = live?.metadata.deletionTimestamp !== undefined && first.kind === 'PersistentVolumeClaim';
  if (live !== undefined && !isGoing && lacking.length === 0) return undefined;
  const state =
    live === undefined ? 'does not exist' : isGoing ? 'is being deleted' : `has no key ${lacking.join(', ')}`;
  return {
    code: CODES[first.kind],
    message: `${what} ${state} in namespace "${first.id.namespace ?? ''}", and ${users} needs it`,
    ...said,
    remedy:
      lacking.length > 0 && !isGoing
        ? `add ${lacking.length === 1 ? 'the key' : 'the keys'} to the ${what}, or correct the reference`
        : `make the ${what} in that namespace, or correct the reference`,
    evidence: group
      .slice(1)
      .map(({ by, field }) => ({ kind: 'field', path: formatObjectId(objectId(by)), value: field })),
  };
}

function hasKey(object: KubeObject, key: string): boolean {
  return ['data', 'binaryData'].some((field) => valueAt(object, [field, key]) !== undefined);
}
