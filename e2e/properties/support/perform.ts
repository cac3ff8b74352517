import type { DeploymentData } from '@ushadow/contracts';
import { fulfilled, scaledTo, started, stopped, wentBack, updateOf, type StackState } from './model.ts';
import { appOf, type Files } from './project.ts';
import type { BackStep, DownStep, Edit, ServiceStep, Step, UpStep } from './steps.ts';
import type { Place, TwoStacks } from './two-stacks.ts';

/** What a step did, and what it should have done. */
export interface Performed {
  readonly place: Place;
  readonly deployment: DeploymentData;
  /** What stands in its way, by `Kind/name`. */
  readonly taken: readonly string[];
  readonly next: StackState;
  /** Objects of nobody that were asked for. */
  readonly adopted: readonly string[];
}

/** Of the twelve numbers that choose a stack, how many choose one that runs. */
const ONE_THAT_RUNS = 6;

/** Does a step on one of the stacks that it can be done to; where there is none, a first deployment instead. */
export async function perform(step: Step, stacks: TwoStacks): Promise<Performed> {
  const { places } = stacks;
  const running = places.filter(({ state }) => state.services.length > 0);
  const known = places.filter(({ revisions }) => revisions.size > 0);
  const some = places.filter(({ state }) => state.services.length > 0 || state.claims.size > 0);
  if (step.do === 'rollback' && known.length > 0) return goBack(step, pick(known, step.stack), stacks);
  if (step.do === 'down' && some.length > 0) return down(step, pick(some, step.stack), stacks);
  if ((step.do === 'stop' || step.do === 'start' || step.do === 'scale') && running.length > 0)
    return change(step, pick(running, step.stack), stacks);
  const whole = { edits: [], services: 0, adopt: false, deleteClaims: false };
  const among = step.stack < ONE_THAT_RUNS && running.length > 0 ? running : places;
  return up(step.do === 'up' ? step : { ...step, ...whole, do: 'up' }, pick(among, step.stack), stacks);
}

async function up(step: UpStep, place: Place, stacks: TwoStacks): Promise<Performed> {
  const files = step.edits.reduce((edited, [edit, which]) => editedBy(edited, edit, which), stacks.filesOf(place));
  if (step.edits.length > 0) await stacks.upload(files);
  const services = selection(step.services, Object.keys(files.services));
  const deleteClaims = step.deleteClaims ? [...place.state.claims.keys()] : [];
  const foreign = stacks.foreignIn(place.namespace);
  const adopt = step.adopt ? [...foreign.keys()] : [];
  stacks.trace.push(line('up', place, { files, services, deleteClaims, adopt }));
  const begun = await stacks.client.deployStack({
    ...{ cluster_id: stacks.clusterId, project: place.project, namespace: place.namespace, adopt },
    ...(services === undefined ? {} : { services }),
    delete_claims: deleteClaims.map(nameOf),
  });
  const update = { ...updateOf(place.state, files, services), deleteClaims };
  const next = fulfilled(place.state, update);
  const adopted = adopt.filter(
    (key) => foreign.get(key) === 'nobody' && update.wanted.some((each) => each.key === key),
  );
  const keys = update.wanted.map(({ key }) => key).filter((key) => !adopted.includes(key));
  return { place, next, adopted, taken: takenOf(keys, place, stacks), deployment: await stacks.verdictOf(begun) };
}

async function down(step: DownStep, place: Place, stacks: TwoStacks): Promise<Performed> {
  const { state } = place;
  const services = state.services.length === 0 ? undefined : selection(step.services, state.services);
  const deleteClaims = step.deleteClaims ? [...state.claims.keys()] : [];
  stacks.trace.push(line('down', place, { services, deleteClaims }));
  const begun = await stacks.client.removeStack({
    stack_id: idOf(place),
    ...(services === undefined ? {} : { services }),
    delete_claims: deleteClaims.map(nameOf),
  });
  const all = [...state.services, ...[...state.claims.values()].flat()];
  const next = fulfilled(state, { selected: [], gone: services ?? all, wanted: [], deleteClaims });
  return { place, next, adopted: [], taken: [], deployment: await stacks.verdictOf(begun) };
}

async function goBack(step: BackStep, place: Place, stacks: TwoStacks): Promise<Performed> {
  const [revision, was] = pick([...place.revisions], step.which);
  stacks.trace.push(line('rollback', place, { revision }));
  const begun = await stacks.client.rollbackStack({ stack_id: idOf(place), to_revision: revision });
  const next = wentBack(place.state, was);
  const taken = takenOf([...was.content.keys()], place, stacks);
  return { place, next, adopted: [], taken, deployment: await stacks.verdictOf(begun) };
}

async function change(step: ServiceStep, place: Place, stacks: TwoStacks): Promise<Performed> {
  const { state } = place;
  const app = appOf(place.project);
  const done = async (service: string, next: StackState, begun: Promise<DeploymentData>): Promise<Performed> => {
    stacks.trace.push(line(step.do, place, { service }));
    return { place, next, adopted: [], taken: [], deployment: await stacks.verdictOf(await begun) };
  };
  const stack = { stack_id: idOf(place) };
  if (step.do === 'scale' && state.services.includes(app)) {
    const replicas = 2 + (step.which % 2);
    return done(app, scaledTo(state, app, replicas), stacks.client.scaleService({ ...stack, service: app, replicas }));
  }
  const [off] = state.stopped;
  if (step.do === 'start' && off !== undefined)
    return done(off, started(state, off), stacks.client.startService({ ...stack, service: off }));
  const service = pick(state.services, step.which);
  return done(service, stopped(state, service), stacks.client.stopService({ ...stack, service }));
}

/** Names that somebody else has. */
function takenOf(keys: readonly string[], place: Place, { places, foreign }: TwoStacks): string[] {
  const neighbours = places.filter((other) => other !== place && other.namespace === place.namespace);
  const held = new Set([
    ...(foreign.get(place.namespace)?.keys() ?? []),
    ...neighbours.flatMap(({ state }) => [...state.content.keys(), ...state.claims.keys()]),
  ]);
  return keys.filter((key) => held.has(key));
}

function editedBy(files: Files, edit: Edit, which: number): Files {
  const { project, services } = files;
  const present = Object.keys(services);
  if (edit === 'page' || edit === 'own') return { ...files, [edit]: files[edit] + 1 };
  if (edit === 'files') return { ...files, hasFiles: !files.hasFiles };
  if (edit === 'image') {
    const service = pick(present, which);
    return { ...files, services: { ...services, [service]: (services[service] ?? 0) + 1 } };
  }
  const service = pick(['web', 'db', appOf(project), `${project}-jobs`], which);
  if (!present.includes(service)) return { ...files, services: { ...services, [service]: 1 } };
  const { [service]: _gone, ...others } = services;
  return present.length === 1 ? files : { ...files, services: others };
}

/** Undefined for the whole. */
function selection(mask: number, services: readonly string[]): string[] | undefined {
  const chosen = services.filter((_, index) => (mask & (1 << index)) !== 0);
  return chosen.length === 0 ? undefined : chosen;
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

const nameOf = (key: string): string => key.slice(key.indexOf('/') + 1);

function idOf({ stackId, project, namespace }: Place): string {
  if (stackId === undefined) throw new Error(`${project} has no stack in ${namespace}`);
  return stackId;
}

function line(what: string, { project, namespace }: Place, input: object): string {
  return `${what} ${project} in ${namespace} ${JSON.stringify(input)}`;
}
