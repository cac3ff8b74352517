import type { PlannedService } from '../model/plan.ts';
import { emitContainer } from './container.ts';
import type { EmitContext } from './emit-context.ts';
import { configChecksum } from './checksum.ts';
import { ANNOTATION_PREFIX, selectorLabels, userAnnotations, userLabels } from './metadata.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { from, some } from './sourced.ts';
import { emitVolumes } from './volumes.ts';

/** The pod of a service and of all that run in it. */
export function emitPodTemplate(planned: PlannedService, context: EmitContext, restartPolicy?: string): DraftRecord {
  const services = context.pods.get(planned.service.name) ?? [planned];
  const checksum = configChecksum(services, context);
  const annotations = {
    ...userAnnotations({ ...planned.service.annotations, ...planned.settings.annotations }),
    ...(checksum === undefined ? {} : { [`${ANNOTATION_PREFIX}config-checksum`]: checksum }),
  };
  return {
    metadata: {
      labels: { ...userLabels(planned.settings.labels ?? {}), ...selectorLabels(planned) },
      annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
    },
    spec: podSpec(planned, services, context, restartPolicy),
  };
}

function podSpec(
  planned: PlannedService,
  services: readonly PlannedService[],
  context: EmitContext,
  restartPolicy: string | undefined,
): DraftRecord {
  const { service, settings } = planned;
  const pullSecrets = settings.pullSecrets ?? context.options.pullSecrets ?? [];
  const grace = service.lifecycle.stopGraceSeconds;
  return {
    restartPolicy,
    serviceAccountName: settings.serviceAccount,
    automountServiceAccountToken: settings.serviceAccount === undefined ? false : undefined,
    enableServiceLinks: false,
    nodeName: undefined,
    nodeSelector: nodeSelector(planned),
    terminationGracePeriodSeconds: grace === undefined ? undefined : from(`${service.path}/stop_grace_period`, grace),
    imagePullSecrets: some(pullSecrets.map((name) => ({ name }))),
    containers: services.map((item): Draft => emitContainer(item, context)),
    volumes: some(emitVolumes(services, context)),
  };
}

function nodeSelector({ settings }: PlannedService): DraftRecord | undefined {
  const selector = {
    ...settings.nodeSelector,
    ...(settings.nodeName === undefined ? {} : { 'kubernetes.io/hostname': settings.nodeName }),
  };
  return Object.keys(selector).length === 0 ? undefined : selector;
}
