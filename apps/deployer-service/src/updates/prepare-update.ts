import { Injectable } from '@nestjs/common';
import { DomainError, type ClusterData, type InputOf, type operations, type OverrideData } from '@ushadow/contracts';
import { formatObjectId } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/deploy-engine';
import { partOf, sharedChanges } from '../content/merge-content.ts';
import { withPullSecrets } from '../content/overrides/pull-secret-objects.ts';
import { withOverrides, type Overridden } from '../content/overrides/with-overrides.ts';
import { isAutoscaled, podMates, replicasOf, withReplicas } from '../content/replicas.ts';
import {
  NO_CONFIGURATION,
  NO_CONTENT,
  type StackContent,
  type StackObjects,
  type StackUpdate,
} from '../content/stack-content.ts';
import type { TriedSecrets } from '../content/tried-secrets.ts';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { choosePlace } from './choose-place.ts';
import { droppedElsewhere, droppedFinding, dropping, heldFinding } from './override-findings.ts';
import { PullSecrets } from './pull-secrets.ts';
import { CompileProject, type CompiledProject } from './compile-project.ts';
import { CompileWithRoutes } from './routing/compile-with-routes.ts';
import { forgetting, withoutValues, withTried } from './remembered.ts';
import { refuseMissingDependencies } from './refuse-missing-dependencies.ts';
import { refuseSharedWriters } from './refuse-shared-writers.ts';
import { StackContents, type GoodRevision } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import type { Stack, StackPlace } from '../stacks/stack.ts';

export type UpdateRequest = Omit<
  InputOf<typeof operations.planStack>,
  'deadline_seconds' | 'stall_seconds' | 'take_over' | 'recreate' | 'rollback' | 'delete_claims' | 'adopt'
> & {
  /** By service: the node it is to run on. */
  readonly node_names?: Readonly<Record<string, string>> | undefined;
  /** What is not said is as the files have it, whatever was said of these services before. */
  readonly afresh?: boolean | undefined;
  /** What is not there is not waited for: it may live elsewhere. */
  readonly without_dependencies?: boolean | undefined;
};

export interface PreparedUpdate {
  readonly cluster: ClusterData;
  readonly stack: Stack;
  readonly good: GoodRevision | undefined;
  readonly update: StackUpdate;
  /** What people should know before it is done. */
  readonly warnings: readonly Failure[];
  readonly diagnostics: CompiledProject['diagnostics'];
}

/** Turns what is asked of a project into what its stack is to become, from what the stack remembers. */
@Injectable()
export class PrepareUpdate {
  constructor(
    private readonly compile: CompileProject,
    private readonly routed: CompileWithRoutes,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
    private readonly stacks: StackStore,
    private readonly clusters: ClusterConnections,
    private readonly pullSecrets: PullSecrets,
  ) {}

  async run(input: UpdateRequest): Promise<PreparedUpdate> {
    const { compile, contents, stacks, clusters } = this;
    const cluster = await compile.cluster(input.cluster_id);
    const { project, namespace, into_existing: intoExisting = false } = input;
    const { place, note } = await choosePlace({ cluster, project, namespace, intoExisting }, { stacks, clusters });
    const stack = await stacks.ensure(place);
    const good = await contents.lastGood(stack.id);
    const before = good?.content ?? NO_CONTENT;
    const { claims, secrets: tried } = await contents.kept(stack.id, good);
    const configured = input.afresh === true ? forgetting(before, input.services ?? []) : withTried(before, tried);
    const droppable = dropping(configured, input.drop ?? []);
    const remembered = { ...withoutValues(droppable.content, input.forget ?? []), claims };
    const request = withRemembered(input, remembered);
    const toCompile = {
      ...request,
      namespace: place.namespace,
      ...(cluster.version === null ? {} : { kube_version: cluster.version }),
    };
    const { compiled, warnings: routeWarnings } = await this.routed.run(toCompile, cluster, before);
    const replicas = overridden(compiled, input, remembered);
    const kept = remembered.configuration.overrides.filter(({ key }) => key !== 'replicas');
    const chosen = withOverrides(replicas.content, kept);
    const overrides = [...replicas.overrides, ...chosen.kept];
    const content = await this.pullable(chosen, place);
    const dropped = [...replicas.dropped, ...droppable.findings, ...droppedOf(chosen, compiled.selected)];
    const part = { content: partOf(content, compiled.selected), selected: compiled.selected };
    const elsewhere = droppedElsewhere(droppable.dropped, part);
    const update: StackUpdate = {
      ...part,
      // What an explicit selection is not about stays; what a profile leaves out as well, and all of it without a prune.
      gone: input.services === undefined && input.prune !== false ? await this.left(stack, before, compiled.all) : [],
      change: {
        ...changeOf(input, request, overrides, tried),
        ...(elsewhere.length === 0 ? {} : { dropped: elsewhere }),
      },
    };
    if (input.without_dependencies !== true) refuseMissingDependencies(update, content, before);
    refuseSharedWriters(update.content, compiled.selected);
    const warnings = [
      ...(note === null ? [] : [finding('NAMESPACE_FOR_ALL', note)]),
      ...dropped,
      ...chosen.kept.filter(({ service }) => compiled.selected.includes(service)).map(heldFinding),
      ...changedValues(input, remembered),
      ...sharedFindings(before, update),
      ...routeWarnings,
    ];
    return { cluster, stack, good, update, warnings, diagnostics: compiled.diagnostics };
  }

  /** An image that was chosen may be in another registry than the file's. */
  private async pullable({ content, kept }: Overridden<StackObjects>, place: StackPlace): Promise<StackObjects> {
    const services = kept.filter(({ key }) => key === 'image').map(({ service }) => service);
    if (services.length === 0) return content;
    return withPullSecrets(content, await this.pullSecrets.secretsFor(place, content, services));
  }

  /** Services that the stack has, has something left of or is about to get, and the files have no more. */
  private async left({ id }: Stack, { services }: StackContent, all: readonly string[]): Promise<string[]> {
    const { deployments } = this;
    const [inventory = [], there] = await Promise.all([deployments.inventory(id), deployments.servicesThere(id)]);
    const owners = inventory.flatMap((entry) => entry.services ?? []);
    const known = new Set([...Object.keys(services), ...owners, ...there]);
    return [...known].filter((service) => !all.includes(service)).sort();
  }
}

/** What does not hold any more of the services that are deployed; of others nothing is written. */
function droppedOf({ dropped }: Overridden<StackObjects>, selected: readonly string[]): Failure[] {
  return dropped.filter(({ override }) => selected.includes(override.service)).map(droppedFinding);
}

/** The request for the compiler: what is given now over what the stack remembers. */
function withRemembered(input: UpdateRequest, { configuration, claims = {} }: StackContent) {
  const specs = { ...configuration.specs };
  for (const [service, spec] of Object.entries(input.specs ?? {})) specs[service] = { ...specs[service], ...spec };
  const nodeNames = { ...configuration.nodeNames, ...input.node_names };
  return {
    cluster_id: input.cluster_id,
    project: input.project,
    services: input.services,
    profiles: [...new Set([...configuration.profiles, ...(input.profiles ?? [])])],
    infra_of: [...(input.infra_of ?? configuration.infraOf)],
    claims: { ...claims },
    with_dependencies: input.with_dependencies,
    // How many there are is kept beside the number of the file, so that it can be said which of them changed.
    specs: Object.fromEntries(
      Object.entries(specs).map(([service, { replicas: _replicas, ...spec }]) => [service, spec]),
    ),
    node_names: nodeNames,
    typed: input.variables,
    shell: input.shell,
    env_file: input.env_file,
    remembered: { ...configuration.values },
    service_values: mergedValues(configuration.serviceValues, input.service_values),
    env_secrets: { ...configuration.secrets, ...input.env_secrets },
    allow_unresolved: input.allow_unresolved,
  };
}

type Values = Readonly<Record<string, Readonly<Record<string, string>>>>;

function mergedValues(remembered: Values, given: Values = {}): Record<string, Record<string, string>> {
  const services = [...new Set([...Object.keys(remembered), ...Object.keys(given)])];
  return Object.fromEntries(services.map((service) => [service, { ...remembered[service], ...given[service] }]));
}

function changeOf(
  input: UpdateRequest,
  request: ReturnType<typeof withRemembered>,
  overrides: readonly OverrideData[],
  tried: TriedSecrets,
): StackUpdate['change'] {
  const kept = Object.entries(tried.values).filter(([name]) => Object.hasOwn(request.remembered, name));
  return {
    profiles: request.profiles,
    infraOf: request.infra_of,
    specs: request.specs,
    nodeNames: request.node_names,
    values: { ...Object.fromEntries(kept), ...input.env_file, ...input.shell, ...input.variables },
    ...(input.forget === undefined ? {} : { forget: input.forget }),
    serviceValues: request.service_values,
    secrets: request.env_secrets,
    overrides,
  };
}

/** Numbers of replicas that people chose: they hold until the file changes its own. */
function overridden(
  { content, selected }: CompiledProject,
  { specs = {} }: UpdateRequest,
  { configuration = NO_CONFIGURATION }: StackContent,
): {
  readonly content: StackObjects;
  readonly overrides: readonly OverrideData[];
  readonly dropped: readonly Failure[];
} {
  let changed = content;
  const overrides: OverrideData[] = [];
  const dropped = leftToAutoscalers(content, selected, specs);
  for (const service of selected.filter((each) => !isDecidedElsewhere(content, each, specs))) {
    const fileValue = replicasOf(content, service) ?? null;
    const asked = specs[service]?.replicas;
    const kept = configuration.overrides.find((each) => each.service === service && each.key === 'replicas');
    const value = asked ?? (typeof kept?.value === 'number' ? kept.value : undefined);
    if (value === undefined || fileValue === null) continue;
    if (asked === undefined && kept !== undefined && kept.file_value !== fileValue) {
      const was = `${service} was scaled to ${String(value)}`;
      dropped.push(
        finding('OVERRIDE_DROPPED', `${was}; its file has changed that number to ${String(fileValue)}, which holds.`),
      );
      continue;
    }
    if (value === fileValue) continue;
    overrides.push({ service, key: 'replicas', value, file_value: fileValue });
    changed = withReplicas(changed, service, value);
  }
  return { content: changed, overrides, dropped };
}

/** What is asked for is not done where an autoscaler decides; that is said. */
function leftToAutoscalers(
  content: StackObjects,
  selected: readonly string[],
  specs: NonNullable<UpdateRequest['specs']>,
): Failure[] {
  return selected.flatMap((service) => {
    const asked = specs[service]?.replicas;
    if (asked === undefined || !isAutoscaled(content, service)) return [];
    const text = `${String(asked)} replicas of ${service} were asked for; its autoscaler decides how many there are.`;
    return [finding('REPLICAS_AUTOSCALED', text)];
  });
}

/** By an autoscaler, or by what is asked now of another service in the same pod. */
function isDecidedElsewhere(
  content: StackObjects,
  service: string,
  specs: NonNullable<UpdateRequest['specs']>,
): boolean {
  if (isAutoscaled(content, service)) return true;
  const isAsked = (each: string): boolean => specs[each]?.replicas !== undefined;
  return !isAsked(service) && podMates(content, service).some(isAsked);
}

/** Names whose value a shell or an env file changes against the last revision; never the values. */
function changedValues(
  { shell = {}, env_file: envFile = {} }: UpdateRequest,
  { configuration }: StackContent,
): Failure[] {
  const remembered = configuration.values;
  const named = (values: Readonly<Record<string, string>>, from: string): Failure[] =>
    Object.entries(values)
      .filter(([name, value]) => Object.hasOwn(remembered, name) && remembered[name] !== value)
      .map(([name]) => finding('VARIABLE_CHANGED', `${name} is not what the last revision had: ${from} changes it.`));
  return [...named(shell, 'the shell'), ...named(envFile, 'the env file')];
}

function sharedFindings(before: StackContent, update: StackUpdate): Failure[] {
  return sharedChanges(before, update).map(({ object, services, missing }) => {
    const name = formatObjectId(object);
    const users = services.join(', ');
    if (missing.length > 0) {
      const message = `${name} would lose ${missing.join(', ')}, which ${users} may need: select ${users} as well.`;
      throw new DomainError('SHARED_CONFLICT', 'conflict', message, { details: { object: name, services, missing } });
    }
    return finding(
      'SHARED_CHANGED',
      `${name} changes and ${users} use it too: they are not restarted, and are out of sync until they are.`,
    );
  });
}

function finding(code: string, message: string): Failure {
  return { code: code as Failure['code'], message, evidence: [] };
}
