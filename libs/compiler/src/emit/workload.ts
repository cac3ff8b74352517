import { jsonPointer } from '@ushadow/compose';
import type { ObjectId } from '@ushadow/kubernetes';
import { parseApiVersion } from '@ushadow/kubernetes';
import type { AppService } from '../model/app.ts';
import type { PlannedService } from '../model/design.ts';
import type { WorkloadKind } from '../model/settings.ts';
import { claimSpec, defaultSize } from './claim.ts';
import type { EmitContext } from './emit-context.ts';
import { ANNOTATION_PREFIX, metadata, selectorLabels, serviceLabels, userAnnotations } from './metadata.ts';
import { emitPodTemplate } from './pod.ts';
import {
  daemonSetStrategy,
  deploymentStrategy,
  progressDeadline,
  settlingSeconds,
  statefulSetStrategy,
} from './rollout.ts';
import type { Draft, DraftRecord, Sourced } from './sourced.ts';
import { filled, from, some } from './sourced.ts';

type Emitter = (planned: PlannedService, context: EmitContext) => DraftRecord;

export const WORKLOADS: Readonly<
  Record<WorkloadKind, { readonly apiVersion: string; readonly kind: string; readonly spec: Emitter }>
> = {
  replicated: { apiVersion: 'apps/v1', kind: 'Deployment', spec: deploymentSpec },
  stateful: { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: statefulSetSpec },
  'per-node': { apiVersion: 'apps/v1', kind: 'DaemonSet', spec: daemonSetSpec },
  'run-once': { apiVersion: 'batch/v1', kind: 'Job', spec: jobSpec },
  scheduled: { apiVersion: 'batch/v1', kind: 'CronJob', spec: cronJobSpec },
};

/** The workload of a service, with what it waits for written down for people and tools. */
export function emitWorkload(planned: PlannedService, context: EmitContext): Sourced {
  const { apiVersion, kind, spec } = WORKLOADS[planned.kind];
  const order = planned.waits.map(
    ({ service, condition }) => `${context.byName.get(service)?.name ?? service}=${condition}`,
  );
  const annotations = {
    ...userAnnotations(plainLabels(planned.service)),
    ...(order.length === 0 ? {} : { [`${ANNOTATION_PREFIX}depends-on`]: order.join(',') }),
  };
  return from(planned.service.path, {
    apiVersion,
    kind,
    metadata: metadata(planned.name, context, serviceLabels(planned, context), annotations),
    spec: spec(planned, context),
  });
}

/** Compose labels are free text, so they become annotations; those that steer the compiler are left out. */
function plainLabels({ labels, deployLabels, path }: AppService): DraftRecord {
  const sourced = (key: string, texts: Readonly<Record<string, string>>): [string, Sourced][] =>
    Object.entries(texts).map(([name, text]) => [name, from(`${path}/${key}${jsonPointer([name])}`, text)]);
  const all = new Map([...sourced('labels', labels), ...sourced('deploy/labels', deployLabels)]);
  return Object.fromEntries([...all].filter(([key]) => !key.startsWith('kompose.')));
}

function deploymentSpec(planned: PlannedService, context: EmitContext): DraftRecord {
  return {
    replicas: replicas(planned),
    strategy: deploymentStrategy(planned),
    minReadySeconds: settlingSeconds(planned),
    progressDeadlineSeconds: progressDeadline(planned),
    selector: { matchLabels: selectorLabels(planned) },
    template: emitPodTemplate(planned, context),
  };
}

function statefulSetSpec(planned: PlannedService, context: EmitContext): DraftRecord {
  // A volume that is mounted at two places is one claim.
  const members = context.pods.get(planned.service.name) ?? [planned];
  const mounts = [...new Map(members.flatMap(({ mounts: own }) => own).map((mount) => [mount.name, mount])).values()];
  const templates = mounts.flatMap(({ name, source, path }) => {
    const store = source.kind === 'store' ? context.stores.get(source.store) : undefined;
    if (store?.perReplicaOf === undefined) return [];
    return [
      from(path, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, labels: selectorLabels(planned), annotations: filled(defaultSize(store)) },
        spec: claimSpec(store),
      }),
    ];
  });
  return {
    replicas: replicas(planned),
    serviceName: planned.endpoint,
    updateStrategy: statefulSetStrategy(planned),
    minReadySeconds: settlingSeconds(planned),
    selector: { matchLabels: selectorLabels(planned) },
    template: emitPodTemplate(planned, context),
    volumeClaimTemplates: some(templates),
  };
}

function daemonSetSpec(planned: PlannedService, context: EmitContext): DraftRecord {
  return {
    updateStrategy: daemonSetStrategy(planned),
    minReadySeconds: settlingSeconds(planned),
    selector: { matchLabels: selectorLabels(planned) },
    template: emitPodTemplate(planned, context),
  };
}

function jobSpec(planned: PlannedService, context: EmitContext): DraftRecord {
  const { restart } = planned.service;
  const count = planned.replicas ?? 1;
  return {
    suspend: count === 0 && planned.kind === 'run-once' ? true : undefined,
    completions: count > 1 ? count : undefined,
    parallelism: count > 1 ? count : undefined,
    backoffLimit: backoffLimit(planned),
    ttlSecondsAfterFinished: context.target.defaults?.jobTtlSeconds,
    template: emitPodTemplate(planned, context, restart.policy === 'on-failure' ? 'OnFailure' : 'Never'),
  };
}

/** `no` never tries again; `on-failure:N` tries N times; Kubernetes' own six otherwise. */
function backoffLimit({ service, settings }: PlannedService): Draft {
  const { policy, attempts, path } = service.restart;
  if (settings.schedule?.backoffLimit !== undefined) return settings.schedule.backoffLimit;
  if (policy === 'on-failure') return attempts === undefined ? undefined : from(path, attempts);
  return policy === 'never' || policy === 'unset' ? 0 : undefined;
}

function cronJobSpec(planned: PlannedService, context: EmitContext): DraftRecord {
  const { schedule } = planned.settings;
  return {
    schedule: schedule?.cron,
    suspend: planned.replicas === 0 ? true : undefined,
    concurrencyPolicy: schedule?.concurrency,
    jobTemplate: { spec: jobSpec(planned, context) },
  };
}

function replicas(planned: PlannedService): Draft {
  if (planned.replicas === undefined) return undefined;
  return planned.service.rollout.replicas === undefined
    ? planned.replicas
    : from(`${planned.service.path}/deploy/replicas`, planned.replicas);
}

/** The workload that runs a service, its own or the one whose pod it shares. */
export function workloadId(planned: PlannedService, context: EmitContext): ObjectId {
  const host = context.byName.get(planned.host) ?? planned;
  const { apiVersion, kind } = WORKLOADS[host.kind];
  return { ...parseApiVersion(apiVersion), kind, namespace: context.target.namespace, name: host.name };
}
