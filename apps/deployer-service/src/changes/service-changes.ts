import { failure, operations, type OverrideData } from '@ushadow/contracts';
import type { Drift } from '@ushadow/deploy-engine';
import { isSame } from '../content/merge-content.ts';
import { overrideName } from '../content/overrides/override-names.ts';
import { PROBES_OFF, valueIn } from '../content/overrides/override-values.ts';
import { withPullSecrets } from '../content/overrides/pull-secret-objects.ts';
import { containerOf } from '../content/overrides/service-container.ts';
import { chosen, givenUp, putInto, takenOutOf } from '../content/overrides/with-overrides.ts';
import { isAutoscaled, replicasOf, withPodMates, withReplicas } from '../content/replicas.ts';
import type { StackContent, WantedObject } from '../content/stack-content.ts';
import { restartObjects } from '../services/restart-objects.ts';
import { namedOverrides } from '../updates/override-findings.ts';
import { refuseSharedWriters } from '../updates/refuse-shared-writers.ts';
import { listed, updateOf, type PreparedChange } from './change-update.ts';
import { leftOf } from './drift-changes.ts';

const operation = operations.changeStack;

/** Other images for services, until their file says another. */
export function updateImages(
  content: StackContent,
  images: Readonly<Record<string, string>>,
  secretsFor: (changed: StackContent, services: readonly string[]) => Promise<readonly WantedObject[]>,
): Promise<PreparedChange> {
  const services = Object.keys(images);
  const unknown = services.find((service) => containerOf(content, service) === undefined);
  if (unknown !== undefined)
    throw failure(operation, 'NO_IMAGE', `No container of ${unknown} is known to run its image.`);
  const overrides = Object.entries(images).map(([service, value]) => chosen(content, { service, key: 'image', value }));
  const changed = putInto(content, overrides);
  return secretsFor(changed, services).then((secrets) => ({
    kind: 'update-image',
    update: updateOf(withPullSecrets(changed, secrets), services, changesOf(overrides)),
    message: listed(Object.entries(images).map(([service, image]) => `${service} to ${image}`)),
  }));
}

/** What is as the file has it needs no override. */
function changesOf(overrides: readonly OverrideData[]) {
  const isBack = ({ value, file_value: fileValue }: OverrideData): boolean => value === fileValue;
  return {
    put: overrides.filter((each) => !isBack(each)),
    dropped: overrides.filter(isBack).map(overrideName),
  };
}

/** Probes of services switched off, or on again (R122). */
export function switchProbes(content: StackContent, services: readonly string[], probe: 'off' | 'on'): PreparedChange {
  const message = `Probes of ${listed(services)} ${probe}`;
  if (probe === 'on') {
    const overrides = content.configuration.overrides.filter(
      ({ service, key }) => key === 'probe' && services.includes(service),
    );
    const on = services.find((service) => !overrides.some((each) => each.service === service));
    if (on !== undefined) throw failure(operation, 'NO_PROBE', `No probe of ${on} was switched off.`);
    const update = updateOf(takenOutOf(content, overrides), services, { dropped: overrides.map(overrideName) });
    return { kind: 'change', update, message };
  }
  const without = services.find((service) =>
    [undefined, PROBES_OFF].includes(valueIn(content, { service, key: 'probe' }) as string | undefined),
  );
  if (without !== undefined)
    throw failure(operation, 'NO_PROBE', `${without} has no probe that could be switched off.`);
  const put = services.map((service) => chosen(content, { service, key: 'probe', value: PROBES_OFF }));
  return { kind: 'change', update: updateOf(putInto(content, put), services, { put }), message };
}

/** The credentials that a cluster keeps for the registries of images, given to the pods that need them (R119). */
export function attachPullSecrets(content: StackContent, secrets: readonly WantedObject[]): PreparedChange {
  const before = new Map(content.objects.map(({ object }) => [`${object.kind} ${object.metadata.name}`, object]));
  const changed = withPullSecrets(content, secrets);
  const isNew = changed.objects.some(({ object }) => {
    const known = before.get(`${object.kind} ${object.metadata.name}`);
    return known === undefined || !isSame(known, object);
  });
  if (!isNew) {
    const text =
      secrets.length === 0
        ? 'The cluster keeps no credentials for the registries of these images: ushadow clusters, or its page, take them.'
        : 'The pods have the credentials that the cluster keeps already.';
    throw failure(operation, 'NO_PULL_SECRET', text);
  }
  const services = [...new Set(secrets.flatMap((each) => each.services))].sort();
  const names = secrets.map(({ object }) => object.metadata.name);
  return { kind: 'change', update: updateOf(changed, services), message: `Pull secrets: ${listed(names)}` };
}

/** Overrides given up: what the files said holds again. What others have changed beside them is left as it is. */
export function dropOverrides(content: StackContent, names: readonly string[], drift: Drift): PreparedChange {
  const overrides = namedOverrides(content.configuration.overrides, names);
  const dropped = overrides.map(overrideName);
  const services = [...new Set(overrides.map(({ service }) => service))].sort();
  const { content: changed, stopped } = givenUp(content, overrides);
  const update = updateOf(changed, services, { dropped }, leftOf(content, services, drift, []));
  return {
    kind: 'change',
    update: { ...update, change: { ...update.change, stopped: { ...update.change.stopped, ...stopped } } },
    // Whoever has changed it first may manage it still.
    options: { takeOver: true },
    message: `Given up: ${listed(dropped)}`,
  };
}

export function stopServices(content: StackContent, named: readonly string[] | undefined): PreparedChange {
  const { stopped } = content.configuration;
  const all = named ?? Object.keys(content.services).filter((service) => stopped[service] === undefined);
  const fixed = all.filter((service) => replicasOf(content, service) === undefined);
  const services = all.filter((service) => !fixed.includes(service));
  if (services.length === 0 || (named !== undefined && fixed.length > 0)) {
    const text =
      fixed.length === 0
        ? 'All of it is stopped.'
        : `Nothing of ${listed(fixed)} has a number of replicas: it runs on every node, or once to its end.`;
    throw failure(operation, 'NOT_SCALABLE', text);
  }
  const selected = withPodMates(content, services);
  const before = Object.fromEntries(
    selected.map((service) => [service, stopped[service] ?? replicasOf(content, service) ?? 1]),
  );
  const changed = services.reduce((each, service) => withReplicas(each, service, 0), content);
  return {
    kind: 'stop',
    update: updateOf(changed, services, { stopped: before }),
    message: `Stopped: ${listed(services)}`,
  };
}

export function startServices(content: StackContent, named: readonly string[] | undefined): PreparedChange {
  const { stopped } = content.configuration;
  const services = named ?? Object.keys(stopped);
  const running = services.find((service) => stopped[service] === undefined);
  if (running !== undefined) throw failure(operation, 'NOT_STOPPED', `${running} is not stopped.`);
  if (services.length === 0) throw failure(operation, 'NOT_STOPPED', 'Nothing of it is stopped.');
  const changed = services.reduce((each, service) => {
    const replicas = stopped[service] ?? 1;
    return isAutoscaled(each, service) ? withReplicas(each, service, 1) : withReplicas(each, service, replicas);
  }, content);
  refuseSharedWriters(changed, services);
  return {
    kind: 'start',
    update: updateOf(changed, services, { stopped: {} }),
    message: `Started: ${listed(services)}`,
  };
}

export function restartServices(content: StackContent, named: readonly string[] | undefined): PreparedChange {
  const { stopped } = content.configuration;
  const all = named ?? Object.keys(content.services).filter((service) => stopped[service] === undefined);
  const isRestartable = (service: string): boolean => {
    const objects = content.objects.filter((each) => each.services.includes(service)).map(({ object }) => object);
    return restartObjects(objects, new Date(0)).length > 0;
  };
  const fixed = all.find((service) => !isRestartable(service));
  const services = all.filter(isRestartable);
  if (services.length === 0 || (named !== undefined && fixed !== undefined))
    throw failure(operation, 'NOTHING_TO_RESTART', `Nothing of ${fixed ?? 'it'} has pods that can be replaced.`);
  return { kind: 'restart', update: updateOf(content, services), message: `Restarted: ${listed(services)}` };
}
