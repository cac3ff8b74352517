import type { DesignedService, Wait } from '../model/design.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, selectorLabels, serviceLabels } from './metadata.ts';
import { isPublished } from './service.ts';
import { spareName } from './outward-service.ts';
import type { Draft, DraftRecord, Sourced } from './sourced.ts';
import { from } from './sourced.ts';

const DEFAULT_IMAGE = 'busybox:1.37';
const JOB_IMAGE = 'registry.k8s.io/kubectl:v1.37.2';

interface WaitTarget {
  readonly wait: Wait;
  readonly target: DesignedService;
}

/** What the pod waits for that init containers can see; nothing unless they were asked for. */
function targets(
  services: readonly DesignedService[],
  context: Pick<EmitContext, 'options' | 'byName'>,
): readonly WaitTarget[] {
  if (context.options.waitInitContainers !== true) return [];
  const found = services.flatMap(({ waits, host }) =>
    waits.flatMap((wait): readonly WaitTarget[] => {
      const target = context.byName.get(wait.service);
      return target === undefined || target.host === host || wait.condition === 'started' ? [] : [{ wait, target }];
    }),
  );
  return [...new Map(found.map((item) => [item.target.name, item])).values()];
}

/**
 * Init containers that wait for `depends_on`. Ready: a name that leads to ready pods only resolves, and its port
 * answers, so that no permission is needed. Completed: only the API knows, so a Job is waited for with a minimal role.
 */
export function emitWaits(
  services: readonly DesignedService[],
  context: EmitContext,
  giveName: (text: string) => string,
): readonly Draft[] {
  return targets(services, context).map(({ wait, target }) => {
    const completes = completing(wait, target, context);
    const awaited = completes || !target.named ? hostOf(target, context) : target;
    const container = completes ? completedWait(awaited) : readyWait(awaited, context);
    return from(wait.path, { name: giveName(`wait-for-${awaited.name}`), ...container });
  });
}

function hostOf(target: DesignedService, context: EmitContext): DesignedService {
  return context.byName.get(target.host) ?? target;
}

/** Who runs to its end inside of a pod that stays has ended when the pod is ready. */
function completing({ condition }: Wait, target: DesignedService, context: EmitContext): boolean {
  return condition === 'completed' && hostOf(target, context).kind === 'run-once';
}

function readyWait(target: DesignedService, context: EmitContext): DraftRecord {
  const port = target.ports.find(({ protocol }) => protocol === 'tcp')?.port;
  const name = isPublished(target, context) ? readyName(target, context) : target.endpoint;
  const check = port === undefined ? `nslookup ${name}` : connects(name, port);
  return {
    image: context.target.images?.helper ?? DEFAULT_IMAGE,
    command: ['/bin/sh', '-c', `until { ${check}; } >/dev/null 2>&1; do sleep 1; done`],
    securityContext: RESTRICTED,
  };
}

/** Where the name of a service resolves whatever the health, what waits for it asks one that leads to ready pods only. */
export function emitReadyService(designed: DesignedService, context: EmitContext): Sourced | undefined {
  if (!isPublished(designed, context) || !context.awaited.has(designed.service.name)) return undefined;
  return from(`${designed.service.path}/healthcheck`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(readyName(designed, context), context, serviceLabels(designed, context)),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels(context.byName.get(designed.host) ?? designed),
    },
  });
}

function readyName({ endpoint }: DesignedService, context: EmitContext): string {
  return spareName(endpoint, 'ready', context);
}

/** Whom a pod waits for to be ready, by init containers. */
export function readyTargets(context: Omit<EmitContext, 'awaited'>): ReadonlySet<string> {
  const all = [...context.pods.values()].flatMap((services) => targets(services, context));
  return new Set(all.filter(({ wait }) => wait.condition === 'ready').map(({ wait }) => wait.service));
}

/** Not every build of busybox has `nc -z`; the others can run a program once they are connected. */
function connects(host: string, port: number): string {
  return `nc -z -w 2 ${host} ${port} || nc -w 2 ${host} ${port} -e true`;
}

function completedWait(target: DesignedService): DraftRecord {
  return {
    image: JOB_IMAGE,
    command: ['kubectl', 'wait', '--for=condition=complete', `job/${target.name}`, '--timeout=-1s'],
    securityContext: RESTRICTED,
  };
}

/** Fits the restricted level of Pod Security. */
const RESTRICTED = {
  runAsNonRoot: true,
  runAsUser: 65534,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** The account that somebody in the pod asks for. */
export function accountOf(services: readonly DesignedService[]): string | undefined {
  return services.find(({ settings }) => settings.serviceAccount !== undefined)?.settings.serviceAccount;
}

/** The account of a pod that has to ask for Jobs. */
export function waitAccountName(
  designed: DesignedService,
  services: readonly DesignedService[],
  context: EmitContext,
): string | undefined {
  return jobsWaitedFor(services, context).length === 0 ? undefined : `${designed.name}-wait`;
}

function jobsWaitedFor(services: readonly DesignedService[], context: EmitContext): readonly string[] {
  return targets(services, context).flatMap(({ wait, target }) =>
    completing(wait, target, context) ? [hostOf(target, context).name] : [],
  );
}

/** Account, role and binding that let a pod read exactly the Jobs it waits for. */
export function emitWaitAccess(designed: DesignedService, context: EmitContext): readonly Sourced[] {
  const services = context.pods.get(designed.service.name) ?? [designed];
  const jobs = jobsWaitedFor(services, context);
  if (jobs.length === 0) return [];
  const account = accountOf(services);
  const name = account ?? `${designed.name}-wait`;
  const base = metadata(`${designed.name}-wait`, context, serviceLabels(designed, context));
  const path = `${designed.service.path}/depends_on`;
  const rbac = 'rbac.authorization.k8s.io';
  const objects = [
    ...(account === undefined ? [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: base }] : []),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: base,
      rules: [{ apiGroups: ['batch'], resources: ['jobs'], resourceNames: jobs, verbs: ['get', 'list', 'watch'] }],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: base,
      roleRef: { apiGroup: rbac, kind: 'Role', name: `${designed.name}-wait` },
      subjects: [{ kind: 'ServiceAccount', name, namespace: context.target.namespace }],
    },
  ];
  return objects.map((object) => from(path, object));
}
