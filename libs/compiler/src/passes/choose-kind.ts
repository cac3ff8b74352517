import { dnsLabel } from '@ushadow/kubernetes';
import type { Plan, PlannedService, WorkloadKind } from '../model/plan.ts';
import { knownImage } from '../images/known-images.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

interface KindRule {
  readonly kind: (planned: PlannedService, facts: Facts) => WorkloadKind | undefined;
}

interface Facts {
  /** Services some other service waits for until they have completed. */
  readonly completedTargets: ReadonlySet<string>;
  /** Services some other service waits for in any other way. */
  readonly runningTargets: ReadonlySet<string>;
  /** Named volumes by number of services that mount them. */
  readonly volumeUsers: ReadonlyMap<string, number>;
  readonly context: PassContext;
}

const KINDS: Readonly<Record<string, WorkloadKind>> = {
  Deployment: 'replicated',
  StatefulSet: 'stateful',
  DaemonSet: 'per-node',
  Job: 'run-once',
  CronJob: 'scheduled',
};

/** The first rule with an answer decides. */
const RULES: readonly KindRule[] = [
  { kind: ({ settings }) => (settings.schedule === undefined ? undefined : 'scheduled') },
  { kind: ({ settings }) => (settings.kind === 'scheduled' ? undefined : settings.kind) },
  { kind: ({ service }) => (service.rollout.mode === 'global' ? 'per-node' : undefined) },
  { kind: ({ service }) => (service.rollout.mode.endsWith('-job') ? 'run-once' : undefined) },
  { kind: ({ service }, { completedTargets }) => (completedTargets.has(service.name) ? 'run-once' : undefined) },
  { kind: (planned, facts) => (isOneShot(planned, facts) ? 'run-once' : undefined) },
  { kind: (_, { context }) => KINDS[context.input.options.defaultKind ?? ''] },
  { kind: (planned, facts) => (isDatabase(planned, facts) ? 'stateful' : undefined) },
];

/** How each service is run: replicated, with a volume of its own, on each machine, once, or by schedule. */
export const chooseKind: Pass = {
  name: 'choose-kind',
  run(plan, context) {
    const facts = gather(plan, context);
    return mapServices(plan, (planned) => {
      const kind = RULES.map((rule) => rule.kind(planned, facts)).find((found) => found !== undefined) ?? 'replicated';
      const { restart, name } = planned.service;
      if (
        kind !== 'run-once' &&
        kind !== 'scheduled' &&
        (restart.policy === 'never' || restart.policy === 'on-failure')
      ) {
        context.report('CMP0501', restart.path, { service: name });
      }
      return { ...planned, kind, name: nameFor(kind, planned.name) };
    });
  },
};

/** The API appends to these names in labels of pods, which hold 63 characters. */
const NAME_MAX: Readonly<Partial<Record<WorkloadKind, number>>> = { stateful: 52, scheduled: 52 };

function nameFor(kind: WorkloadKind, name: string): string {
  const max = NAME_MAX[kind];
  return max === undefined || name.length <= max ? name : dnsLabel(name, 'rfc1035', max);
}

function gather(plan: Plan, context: PassContext): Facts {
  const targets = (completed: boolean): ReadonlySet<string> =>
    new Set(
      plan.services.flatMap(({ service }) =>
        service.dependencies
          .filter(({ condition }) => (condition === 'completed') === completed)
          .map((edge) => edge.service),
      ),
    );
  const volumeUsers = new Map<string, number>();
  for (const { service } of plan.services) {
    const volumes = new Set(service.mounts.filter(({ kind }) => kind === 'volume').map(({ source }) => source));
    for (const volume of volumes) volumeUsers.set(volume, (volumeUsers.get(volume) ?? 0) + 1);
  }
  return { completedTargets: targets(true), runningTargets: targets(false), volumeUsers, context };
}

/** Says so itself, and nobody could be waiting for it to keep running. */
function isOneShot({ service }: PlannedService, { runningTargets }: Facts): boolean {
  if (service.restart.policy !== 'never' && service.restart.policy !== 'on-failure') return false;
  const checked = service.health !== undefined && service.health.kind !== 'none';
  return service.listeners.length === 0 && !checked && !runningTargets.has(service.name);
}

function isDatabase({ service, image }: PlannedService, { volumeUsers }: Facts): boolean {
  if (knownImage(image)?.database !== true || (service.rollout.replicas ?? 1) > 1) return false;
  return service.mounts.some(({ kind, source }) => kind === 'volume' && volumeUsers.get(source) === 1);
}
