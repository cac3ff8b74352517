import { jsonPointer } from '@ushadow/compose';
import type { ObjectId } from '@ushadow/kubernetes';
import { parseApiVersion } from '@ushadow/kubernetes';
import type { AppService } from '../model/app.ts';
import type { DesignedService } from '../model/design.ts';
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

type Emitter = (designed: DesignedService, context: EmitContext) => DraftRecord;

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
export function emitWorkload(designed: DesignedService, context: EmitContext): Sourced {
  const { apiVersion, kind, spec } = WORKLOADS[designed.kind];
  const order = designed.waits.map(
    ({ service, condition }) => `${context.byName.get(service)?.name ?? service}=${condition}`,
  );
  const annotations = {
    ...userAnnotations(plainLabels(designed.service)),
    ...(order.length === 0 ? {} : { [`${ANNOTATION_PREFIX}depends-on`]: order.join(',') }),
  };
  return from(designed.service.path, {
    apiVersion,
    kind,
    metadata: metadata(designed.name, context, serviceLabels(designed, context), annotations),
    spec: spec(designed, context),
  });
}

/** Compose labels are free text, so they become annotations; those that steer the compiler are left out. */
function plainLabels({ labels, deployLabels, path }: AppService): DraftRecord {
  const sourced = (key: string, texts: Readonly<Record<string, string>>): [string, Sourced][] =>
    Object.entries(texts).map(([name, text]) => [name, from(`${path}/${key}${jsonPointer([name])}`, text)]);
  const all = new Map([...sourced('labels', labels), ...sourced('deploy/labels', deployLabels)]);
  return Object.fromEntries([...all].filter(([key]) => !key.startsWith('kompose.')));
}

function deploymentSpec(designed: DesignedService, context: EmitContext): DraftRecord {
  return {
    replicas: replicas(designed),
    strategy: deploymentStrategy(designed),
    minReadySeconds: settlingSeconds(designed),
    progressDeadlineSeconds: progressDeadline(designed),
    selector: { matchLabels: selectorLabels(designed) },
    template: emitPodTemplate(designed, context),
  };
}

function statefulSetSpec(designed: DesignedService, context: EmitContext): DraftRecord {
  // A volume that is mounted at two places is one claim.
  const members = context.pods.get(designed.service.name) ?? [designed];
  const mounts = [...new Map(members.flatMap(({ mounts: own }) => own).map((mount) => [mount.name, mount])).values()];
  const templates = mounts.flatMap(({ name, source, path }) => {
    const store = source.kind === 'store' ? context.stores.get(source.store) : undefined;
    if (store?.perReplicaOf === undefined) return [];
    return [
      from(path, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, labels: selectorLabels(designed), annotations: filled(defaultSize(store)) },
        spec: claimSpec(store),
      }),
    ];
  });
  return {
    replicas: replicas(designed),
    serviceName: designed.endpoint,
    updateStrategy: statefulSetStrategy(designed),
    minReadySeconds: settlingSeconds(designed),
    selector: { matchLabels: selectorLabels(designed) },
    template: emitPodTemplate(designed, context),
    volumeClaimTemplates: some(templates),
  };
}

function daemonSetSpec(designed: DesignedService, context: EmitContext): DraftRecord {
  return {
    updateStrategy: daemonSetStrategy(designed),
    minReadySeconds: settlingSeconds(designed),
    selector: { matchLabels: selectorLabels(designed) },
    template: emitPodTemplate(designed, context),
  };
}

function jobSpec(designed: DesignedService, context: EmitContext): DraftRecord {
  const { restart } = designed.service;
  const count = designed.replicas ?? 1;
  return {
    suspend: count === 0 && designed.kind === 'run-once' ? true : undefined,
    completions: count > 1 ? count : undefined,
    parallelism: count > 1 ? count : undefined,
    backoffLimit: backoffLimit(designed),
    ttlSecondsAfterFinished: context.target.defaults?.jobTtlSeconds,
    template: emitPodTemplate(designed, context, restart.policy === 'on-failure' ? 'OnFailure' : 'Never'),
  };
}

/** `no` never tries again; `on-failure:N` tries N times; Kubernetes' own six otherwise. */
function backoffLimit({ service, settings }: DesignedService): Draft {
  const { policy, attempts, path } = service.restart;
  if (settings.schedule?.backoffLimit !== undefined) return settings.schedule.backoffLimit;
  if (policy === 'on-failure') return attempts === undefined ? undefined : from(path, attempts);
  return policy === 'never' || policy === 'unset' ? 0 : undefined;
}

function cronJobSpec(designed: DesignedService, context: EmitContext): DraftRecord {
  const { schedule } = designed.settings;
  return {
    schedule: schedule?.cron,
    suspend: designed.replicas === 0 ? true : undefined,
    concurrencyPolicy: schedule?.concurrency,
    jobTemplate: { spec: jobSpec(designed, context) },
  };
}

function replicas(designed: DesignedService): Draft {
  if (designed.replicas === undefined) return undefined;
  return designed.service.rollout.replicas === undefined
    ? designed.replicas
    : from(`${designed.service.path}/deploy/replicas`, designed.replicas);
}

/** The workload that runs a service, its own or the one whose pod it shares. */
export function workloadId(designed: DesignedService, context: EmitContext): ObjectId {
  const host = context.byName.get(designed.host) ?? designed;
  const { apiVersion, kind } = WORKLOADS[host.kind];
  return { ...parseApiVersion(apiVersion), kind, namespace: context.target.namespace, name: host.name };
}
