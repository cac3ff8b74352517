import type { Condition, KubeObject, RouteParent } from '@ushadow/kubernetes';
import { currentCondition, isJsonObject, listAt, routeParents, textAt } from '@ushadow/kubernetes';
import type { Finality, Finding } from '../finding.ts';

/** A Service that has just been written may not be seen yet, nor a listener. */
const REFUSED_FOR_GOOD: Finality = { kind: 'after', ms: 10_000 };
const GRACE_MS = 2_000;
/** What a certificate is waited for with: it may take minutes. */
const WAIT: Finality = { kind: 'wait' };

/** What stands against a route of a Gateway, by each of its parents. */
export function diagnoseRoute(route: KubeObject): Finding[] {
  return routeParents(route).flatMap((parent, at) => [
    ...refusal(parent, parent.accepted, `spec.parentRefs[${at}]`),
    ...unresolved(parent, parent.resolved),
  ]);
}

function refusal(parent: RouteParent, condition: Condition | undefined, field: string): Finding[] {
  if (condition?.status !== 'False') return [];
  const what = nameOf(parent);
  return [
    found({
      code: 'ROUTE_REFUSED',
      family: `accepted by ${what}`,
      rank: 60,
      // A ListenerSet takes nothing before its certificate is there.
      finality: parent.kind === 'ListenerSet' || condition.reason === 'Pending' ? WAIT : REFUSED_FOR_GOOD,
      message: `${what} does not take the route: ${wordsOf(condition)}`,
      remedy:
        REMEDIES[condition.reason] ??
        `kubectl -n ${parent.namespace} describe ${parent.kind.toLowerCase()} ${parent.name}`,
      field,
      condition,
      path: 'status.parents[].conditions[type=Accepted]',
    }),
  ];
}

const REMEDIES: Readonly<Record<string, string>> = {
  NoMatchingParent: 'add the listener that the plan shows to the Gateway, or name a Gateway that has it',
  NoMatchingListenerHostname: 'give a listener of the Gateway this host, or choose a host that one has',
  NotAllowedByListeners: 'let a listener of the Gateway take routes of this namespace (allowedRoutes)',
};

function unresolved(parent: RouteParent, condition: Condition | undefined): Finding[] {
  if (condition?.status !== 'False') return [];
  return [
    found({
      code: 'ROUTE_UNRESOLVED',
      family: `resolved by ${nameOf(parent)}`,
      rank: 61,
      finality: REFUSED_FOR_GOOD,
      message: `${nameOf(parent)} does not find what the route leads to: ${wordsOf(condition)}`,
      remedy: 'see that the Service exists and has the port',
      field: 'spec.rules',
      condition,
      path: 'status.parents[].conditions[type=ResolvedRefs]',
    }),
  ];
}

/** What stands against a ListenerSet, with what is said of its listeners. */
export function diagnoseListenerSet(set: KubeObject): Finding[] {
  const { generation = 0 } = set.metadata;
  const own = isJsonObject(set['status']) ? [set['status']] : [];
  const type = ['Accepted', 'Programmed'].find((each) => currentCondition(own, each, generation)?.status === 'False');
  const condition = type === undefined ? undefined : currentCondition(own, type, generation);
  if (type === undefined || condition === undefined) return [];
  const gateway = `Gateway ${textAt(set, ['spec', 'parentRef', 'name'])}`;
  const listeners = listAt(set, ['status', 'listeners']).flatMap((listener) => {
    const refs = currentCondition([listener], 'ResolvedRefs', generation);
    return refs?.status === 'False' ? [`listener ${textAt(listener, ['name'])}: ${wordsOf(refs)}`] : [];
  });
  return [
    found({
      code: 'LISTENER_SET_NOT_READY',
      family: 'listeners',
      rank: 59,
      finality: condition.reason === 'NotAllowed' ? REFUSED_FOR_GOOD : WAIT,
      message: [`${gateway} does not serve the listeners: ${wordsOf(condition)}`, ...listeners].join('; '),
      remedy:
        condition.reason === 'NotAllowed'
          ? 'let the Gateway take ListenerSets of this namespace (allowedListeners)'
          : 'see that the certificate is issued: kubectl get certificates',
      field: 'spec.listeners',
      condition,
      path: `status.conditions[type=${type}]`,
    }),
  ];
}

interface Told extends Pick<Finding, 'code' | 'family' | 'rank' | 'finality' | 'message' | 'remedy'> {
  readonly field: string;
  readonly condition: Condition;
  readonly path: string;
}

function found({ condition, path, ...told }: Told): Finding {
  return {
    ...told,
    graceMs: GRACE_MS,
    restarts: 0,
    deaths: 0,
    token: `${condition.reason}|${condition.message}`,
    specific: true,
    evidence: [{ kind: 'field', path, value: wordsOf(condition) }],
  };
}

function wordsOf({ reason, message }: Condition): string {
  return [reason, message].filter((text) => text !== '').join(': ');
}

function nameOf({ kind, namespace, name }: RouteParent): string {
  return `${kind} ${namespace}/${name}`;
}
