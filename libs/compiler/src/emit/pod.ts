import { jsonPointer } from '@ushadow/compose';
import type { DesignedService } from '../model/design.ts';
import { configChecksum, dependencyChecksum } from './checksum.ts';
import { nameGiver } from '../names/free-name.ts';
import { emitContainer } from './container.ts';
import type { EmitContext } from './emit-context.ts';
import { emitImageCopies } from './image-copies.ts';
import { emitInitContainers } from './init-containers.ts';
import { emitOwnFolders } from './own-folders.ts';
import {
  ANNOTATION_PREFIX,
  aliasLabel,
  networkLabel,
  selectorLabels,
  userAnnotations,
  userLabels,
} from './metadata.ts';
import { emitPodNetwork } from './pod-network.ts';
import { emitPodSecurity } from './pod-security.ts';
import { emitScheduling, togetherLabels } from './scheduling.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { from, some } from './sourced.ts';
import { emitCopies, emitVolumes } from './volumes.ts';
import { accountOf, emitWaits, waitAccountName } from './waits.ts';

/** The pod of a service and of all that run in it. */
export function emitPodTemplate(designed: DesignedService, context: EmitContext, restartPolicy?: string): DraftRecord {
  const services = context.pods.get(designed.service.name) ?? [designed];
  return {
    metadata: {
      labels: {
        ...userLabels(designed.settings.labels ?? {}),
        ...aliasLabels(services, context),
        ...networkLabels(services),
        ...togetherLabels(services),
        ...selectorLabels(designed),
      },
      annotations: podAnnotations(designed, services, context),
    },
    spec: podSpec(designed, services, context, restartPolicy),
  };
}

function podAnnotations(
  designed: DesignedService,
  services: readonly DesignedService[],
  context: EmitContext,
): DraftRecord | undefined {
  const checksum = configChecksum(services, context);
  const dependencies = dependencyChecksum(services, context);
  const annotations = {
    ...Object.fromEntries([...services, designed].flatMap((item) => Object.entries(ownAnnotations(item)))),
    ...(checksum === undefined ? {} : { [`${ANNOTATION_PREFIX}config-checksum`]: checksum }),
    ...(dependencies === undefined ? {} : { [`${ANNOTATION_PREFIX}dependency-checksum`]: dependencies }),
  };
  return Object.keys(annotations).length === 0 ? undefined : annotations;
}

function ownAnnotations({ service, settings }: DesignedService): DraftRecord {
  const written = Object.entries(service.annotations).map(([name, text]): [string, Draft] => [
    name,
    from(`${service.path}/annotations${jsonPointer([name])}`, text),
  ]);
  return userAnnotations({ ...Object.fromEntries(written), ...settings.annotations });
}

/** Names that several services share are selected by a label of their own. */
function aliasLabels(services: readonly DesignedService[], context: EmitContext): Readonly<Record<string, string>> {
  const shared = services.flatMap(({ service }) => context.sharedAliases.get(service.name) ?? []);
  return Object.fromEntries([...new Set(shared)].map((name) => [aliasLabel(name), 'true']));
}

function networkLabels(services: readonly DesignedService[]): Readonly<Record<string, string>> {
  const networks = new Set(services.flatMap((designed) => designed.networks));
  return Object.fromEntries([...networks].sort().map((network) => [networkLabel(network), 'true']));
}

function podSpec(
  designed: DesignedService,
  services: readonly DesignedService[],
  context: EmitContext,
  restartPolicy: string | undefined,
): DraftRecord {
  const asked = services.flatMap(({ settings }) => settings.pullSecrets ?? []);
  const pullSecrets = asked.length > 0 ? [...new Set(asked)] : (context.target.images?.pullSecrets ?? []);
  // Services are called in their pod as everywhere; what helps them to start makes way.
  const giveName = nameGiver(services.map(({ name }) => name));
  const account = accountOf(services) ?? waitAccountName(designed, services, context);
  return {
    restartPolicy,
    serviceAccountName: account,
    automountServiceAccountToken: account === undefined ? false : undefined,
    enableServiceLinks: false,
    ...emitPodNetwork(designed, services),
    ...emitPodSecurity(designed, services),
    ...emitScheduling(designed, services),
    terminationGracePeriodSeconds: gracePeriod(services),
    imagePullSecrets: some(pullSecrets.map((name) => ({ name }))),
    initContainers: some([
      ...emitOwnFolders(services, context, giveName),
      ...emitImageCopies(services, giveName),
      ...emitWaits(services, context, giveName),
      ...emitCopies(services, context.target.images?.helper, giveName),
      ...emitInitContainers(services, context, giveName),
    ]),
    containers: services
      .filter(({ start }) => start.phase === 'main')
      .map((item): Draft => emitContainer(item, context)),
    volumes: some(emitVolumes(services, context)),
  };
}

/** Of the one that takes longest. */
function gracePeriod(services: readonly DesignedService[]): Draft {
  const asked = services.flatMap(({ service: { path, lifecycle } }) =>
    lifecycle.stopGraceSeconds === undefined ? [] : [{ path, seconds: lifecycle.stopGraceSeconds }],
  );
  const [longest] = asked.toSorted((a, b) => b.seconds - a.seconds);
  return longest === undefined ? undefined : from(`${longest.path}/stop_grace_period`, longest.seconds);
}
