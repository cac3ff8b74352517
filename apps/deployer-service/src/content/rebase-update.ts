import { objectId, objectKey } from '@ushadow/kubernetes';
import type { Deployment } from '../deployments/deployment.ts';
import { partOf } from './merge-content.ts';
import { pullSecretsOf, withPullSecrets } from './overrides/pull-secret-objects.ts';
import { overrideName } from './overrides/override-names.ts';
import { givenUp, putInto } from './overrides/with-overrides.ts';
import { replicasOf, withReplicas } from './replicas.ts';
import type { StackContent, StackUpdate } from './stack-content.ts';

/**
 * What was asked of services as they were then, asked of them as they are now: an update may have waited for another
 * deployment, and must not bring back what that one has replaced. Services that are gone by now are left out. What comes
 * from files or from a revision stands as it is.
 */
export function rebaseUpdate(
  { kind, basedOn }: Pick<Deployment, 'kind' | 'basedOn'>,
  update: StackUpdate,
  good: StackContent | undefined,
): StackUpdate {
  const rebase = kind === 'deploy' && basedOn !== null ? redeployed : REBASES[kind];
  if (rebase === undefined || good === undefined) return update;
  const selected = update.selected.filter((service) => good.services[service] !== undefined);
  // An env map of a service that nobody has deployed brings it along.
  if (selected.length === 0 && kind === 'envmap') return update;
  const { content, stopped } = rebase({ ...update, selected }, good);
  const change = stopped === undefined ? update.change : { ...update.change, stopped };
  return { ...update, content: partOf(content, selected), selected, change };
}

interface Rebased {
  readonly content: StackContent;
  /** In the place of what the update says of stopped services. */
  readonly stopped?: Readonly<Record<string, number>>;
}
type Rebase = (update: StackUpdate, good: StackContent) => Rebased;

const scaled: Rebase = ({ content, selected }, good) => ({
  content: selected.reduce((changed, service) => {
    const replicas = replicasOf(content, service);
    return replicas === undefined ? changed : withReplicas(changed, service, replicas);
  }, good),
});

const REBASES: Readonly<Partial<Record<Deployment['kind'], Rebase>>> = {
  stop: scaled,
  start: scaled,
  scale: scaled,
  restart: (update, good) => ({ content: good, stopped: stoppedOf(update, good) }),
  envmap: environment,
  repair: (update, good) => ({ content: good, stopped: stoppedOf(update, good) }),
  run: (update, good) => ({ content: good, stopped: stoppedOf(update, good) }),
  adopt: overridden,
  'update-image': overridden,
  change: overridden,
};

/** What is chosen now, on top of what others have chosen meanwhile. */
function overridden(update: StackUpdate, good: StackContent): Rebased {
  const { put = [], dropped = [] } = update.change;
  const gone = good.configuration.overrides.filter((each) => dropped.includes(overrideName(each)));
  const { content: without, stopped } = givenUp(good, gone);
  const content = withPullSecrets(putInto(without, put), pullSecretsOf(update.content));
  return { content, stopped: { ...stoppedOf(update, good), ...stopped } };
}

/** The last good content once more; what was stopped runs again. */
function redeployed({ selected }: StackUpdate, good: StackContent): Rebased {
  const content = Object.entries(good.configuration.stopped)
    .filter(([service]) => selected.includes(service))
    .reduce((changed, [service, replicas]) => withReplicas(changed, service, replicas), good);
  return { content };
}

/** The two objects of the env map in the place of those that the service has. */
function environment(update: StackUpdate, good: StackContent): Rebased {
  const names = new Set(
    update.selected.flatMap((service) => {
      const name = good.services[service]?.objectName ?? service;
      return [`ConfigMap ${name}-config`, `Secret ${name}-secrets`];
    }),
  );
  const written = update.content.objects.filter(({ object }) => names.has(`${object.kind} ${object.metadata.name}`));
  const keys = new Set(written.map(({ object }) => objectKey(objectId(object))));
  const kept = good.objects.filter(({ object }) => !keys.has(objectKey(objectId(object))));
  return { content: { ...good, objects: [...kept, ...written] }, stopped: stoppedOf(update, good) };
}

function stoppedOf({ selected }: StackUpdate, { configuration }: StackContent): Record<string, number> {
  return Object.fromEntries(Object.entries(configuration.stopped).filter(([service]) => selected.includes(service)));
}
