import type { CallOptions, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { classifyError, groupBy, KubernetesApiError, objectId, objectKey, type JsonValue } from '@ushadow/kubernetes';
import type { FailureCode } from '@ushadow/diagnose';
import { differencesOf, format, present, type FoundChange } from '../apply/compare.ts';
import { planObject, type PlannedObject } from '../apply/plan-object.ts';
import type { LiveRead } from '../apply/read-live.ts';
import { marked } from '../apply/write-stamp.ts';
import type { ClusterPort } from '../cluster.port.ts';
import { withDefaults, type DeployOptions, type Settings } from '../deploy-options.ts';
import type { FieldChange } from '../plan/plan.ts';
import { Redactor } from '../redact.ts';
import { commonLabels } from '../watch/watch-targets.ts';
import { managerOf } from './field-manager.ts';
import { fieldAt, type FieldSteps } from './field-steps.ts';
import { saysTheSame } from './says-the-same.ts';

/** A field that is not as it is wanted. Values are JSON, redacted, and absent where they are secret or nothing is there. */
export interface DriftedField {
  readonly steps: FieldSteps;
  readonly path: string;
  /** What has become of it in the cluster. */
  readonly change: FieldChange['change'];
  readonly wanted?: string;
  readonly live?: string;
  /** Who manages it now, beside us. */
  readonly manager?: string;
  readonly since?: string;
}

export interface DriftedObject {
  readonly object: ObjectId;
  /** `taken`: somebody else holds it by now. */
  readonly state: 'missing' | 'changed' | 'taken';
  readonly reason?: string;
  readonly fields: readonly DriftedField[];
}

export interface Drift {
  readonly checked: number;
  readonly drifted: readonly DriftedObject[];
  /**
   * What could not be compared: kinds that may not be listed, or are served no more, as `Kind` or `Kind.group`; and objects of
   * which the server does not say what a write would make, as `Kind/name`.
   */
  readonly unseen: readonly string[];
  /** Objects whose number of pods an autoscaler decides: that is no drift, and nothing that is to be brought back. */
  readonly autoscaled: readonly ObjectId[];
  /** The drifted objects as they are there, by key; with all values. */
  readonly live: ReadonlyMap<string, KubeObject>;
}

/** More that are not there are believed to the lists. */
const MISSING_ASKED_MAX = 100;
/** Scales on behalf of autoscalers. */
const AUTOSCALER = 'kube-controller-manager';

/**
 * What others have made of objects that were applied: one list a kind, then a dry run for each object that does not say all
 * that is wanted of it. What the server fills in, and fields that nobody of us has written, are no drift.
 *
 * @throws KubernetesApiError when the cluster cannot be asked
 */
export async function findDrift(
  wanted: readonly KubeObject[],
  cluster: ClusterPort,
  options: DeployOptions = {},
  call: CallOptions = {},
): Promise<Drift> {
  const settings = withDefaults({ ...options, conflicts: 'take-over', recreate: 'none' });
  const groups = groupBy(wanted, ({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.namespace}`);
  const lists = await Promise.all(
    [...groups.values()].map(async (group) => ({ group, ...(await list(group, cluster, call)) })),
  );
  const seen = lists.flatMap(({ group, items }) => (items === undefined ? [] : [{ group, items }]));
  const live = new Map(seen.flatMap(({ items }) => items.map((item) => [objectKey(objectId(item)), item] as const)));
  const checked = seen.flatMap(({ group }) => group);
  const suspects = checked.filter((object) => !isSurelyAsWanted(object, live.get(keyOf(object)), settings));
  const missing = suspects.filter((object) => !live.has(keyOf(object)));
  const believed = new Set(missing.length > MISSING_ASKED_MAX ? missing : []);
  const read = (id: ObjectId): Promise<LiveRead> => {
    const known = live.get(objectKey(id));
    return Promise.resolve({ live: known, isCertain: known !== undefined });
  };
  const secrets = [...live.values()].filter(({ kind }) => kind === 'Secret');
  const redactor = new Redactor([...wanted, ...secrets]);
  const judged = await Promise.all(
    suspects.map(async (object): Promise<Judged> => {
      if (believed.has(object)) return { drifted: missed(object) };
      return judge(await planObject(object, cluster, settings, call, read), settings, redactor);
    }),
  );
  const found = judged.filter(({ drifted }) => drifted !== undefined);
  return {
    checked: checked.length,
    drifted: found.flatMap(({ drifted }) => drifted ?? []),
    unseen: [
      ...lists.flatMap(({ group: [first], items }) =>
        items === undefined && first !== undefined ? [kindOf(first)] : [],
      ),
      ...judged.flatMap(({ unseen }) => (unseen === undefined ? [] : [`${unseen.kind}/${unseen.name}`])),
    ],
    autoscaled: judged.flatMap(({ autoscaled }) => autoscaled ?? []),
    live: new Map(
      found.flatMap(({ live: object }) => (object === undefined ? [] : [[keyOf(object), object] as const])),
    ),
  };
}

interface Judged {
  readonly drifted: DriftedObject | undefined;
  readonly live?: KubeObject;
  readonly unseen?: ObjectId;
  readonly autoscaled?: ObjectId;
}

/**
 * The server lets nobody try a write out, or refuses it for reasons that have nothing to do with what is there: then only
 * what somebody else manages is surely not as it was, for what the server has written in other words is managed by nobody else.
 */
const UNTRIED: ReadonlySet<FailureCode> = new Set([
  ...['ADMISSION_NO_DRY_RUN', 'ADMISSION_WEBHOOK_DOWN', 'ADMISSION_DENIED', 'POD_SECURITY_VIOLATED'],
  ...['QUOTA_EXCEEDED', 'LIMIT_RANGE_VIOLATED', 'PERMISSION_DENIED', 'API_RATE_LIMITED', 'API_ERROR'],
] as const);

/** Without items: it may not be listed, or is not served. */
async function list(
  group: readonly KubeObject[],
  cluster: ClusterPort,
  call: CallOptions,
): Promise<{ readonly items?: readonly KubeObject[] }> {
  const [first] = group;
  if (first === undefined) return { items: [] };
  const { name: _name, ...target } = objectId(first);
  try {
    const labels = commonLabels(group.map(({ metadata }) => metadata.labels));
    const { items } = await cluster.list({ ...target, ...labels }, call);
    const { apiVersion, kind } = first;
    return { items: items.map((item) => ({ ...item, apiVersion, kind })) };
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    if (['forbidden', 'not-found'].includes(classifyError(error))) return {};
    throw error;
  }
}

function isSurelyAsWanted(wanted: KubeObject, live: KubeObject | undefined, settings: Settings): boolean {
  if (live === undefined || live.metadata.deletionTimestamp !== undefined) return false;
  return saysTheSame(marked(wanted, settings) as unknown as JsonValue, live as unknown as JsonValue);
}

function judge(
  { entry, live, body, after, problem, unreachable }: PlannedObject,
  settings: Settings,
  redactor: Redactor,
): Judged {
  if (unreachable !== undefined) throw unreachable;
  const { object } = entry;
  if (live === undefined || entry.action === 'create')
    return { drifted: { object, state: 'missing', fields: [], ...reasonOf(problem, redactor) } };
  if (live.metadata.deletionTimestamp !== undefined)
    return { drifted: { object, state: 'missing', reason: 'it is being deleted', fields: [] }, live };
  if (problem?.code === 'NAME_TAKEN')
    return { drifted: { object, state: 'taken', fields: [], ...reasonOf(problem, redactor) }, live };
  if (after === undefined && (!entry.verified || (problem !== undefined && UNTRIED.has(problem.code)))) {
    const theirs = fieldsOf(differencesOf(live, body).filter(isWanted), { live, after: body }, settings, redactor);
    const fields = theirs.filter((field) => field.manager !== undefined && !isAutoscaled(field));
    if (fields.length === 0) return { drifted: undefined, unseen: object };
    return { drifted: { object, state: 'changed', fields, ...reasonOf(problem, redactor) }, live };
  }
  if (after === undefined)
    return { drifted: { object, state: 'changed', fields: [], ...reasonOf(problem, redactor) }, live };
  const all = fieldsOf(differencesOf(live, after), { live, after }, settings, redactor);
  const fields = all.filter((field) => !isAutoscaled(field));
  return {
    drifted: fields.length === 0 ? undefined : { object, state: 'changed', fields },
    live,
    ...(fields.length === all.length ? {} : { autoscaled: object }),
  };
}

function reasonOf(problem: PlannedObject['problem'], redactor: Redactor): { readonly reason?: string } {
  return problem === undefined || problem.code === 'NAMESPACE_NOT_FOUND'
    ? {}
    : { reason: redactor.text(problem.message) };
}

function fieldsOf(
  differences: readonly FoundChange[],
  { live, after }: { readonly live: KubeObject; readonly after: KubeObject },
  { manager: own }: Settings,
  redactor: Redactor,
): DriftedField[] {
  const found = new Map(differences.map(({ path }) => [format(wholeList(path)), wholeList(path)]));
  return [...found].map(([path, steps]): DriftedField => {
    const manager = managerOf(live, steps, own);
    const change: FoundChange = { path: steps, before: fieldAt(live, steps), after: fieldAt(after, steps) };
    const {
      change: applied,
      before,
      after: wanted,
    } = present(change, live.kind === 'Secret', (value) => redactor.deep(value));
    return {
      ...{ steps, path, change: SEEN_FROM_THERE[applied] },
      ...(wanted === undefined ? {} : { wanted }),
      ...(before === undefined ? {} : { live: before }),
      ...manager,
    };
  });
}

/** Something is wanted there: what the server fills in beside it is no difference. */
function isWanted({ after }: FoundChange): boolean {
  return after !== undefined;
}

function isAutoscaled({ path, manager }: DriftedField): boolean {
  return path === 'spec.replicas' && manager === AUTOSCALER;
}

/** What a write would add is gone there. */
const SEEN_FROM_THERE = { added: 'removed', removed: 'added', changed: 'changed' } as const;

/** Items without names are not told apart: the list is one field. */
function wholeList(path: FieldSteps): FieldSteps {
  const index = path.findIndex((step) => /^\[\d+\]$/.test(step));
  return index < 0 ? path : path.slice(0, index);
}

function missed(object: KubeObject): DriftedObject {
  return { object: objectId(object), state: 'missing', fields: [] };
}

function keyOf(object: KubeObject): string {
  return objectKey(objectId(object));
}

function kindOf(object: KubeObject): string {
  const { kind, group } = objectId(object);
  return group === '' ? kind : `${kind}.${group}`;
}
