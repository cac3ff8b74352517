import { everyService, TextFinder, type CompileResult, type PodPolicy } from '@ushadow/compiler';
import type { ComposeProject, Diagnostic } from '@ushadow/compose';
import type { CompiledServiceData, InputOf, operations, OutputOf, ProjectContentData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { relative } from 'node:path';
import { errorsOf } from '../catalog/load-source.ts';
import type { InstallationKeys } from '../keys/installation-keys.ts';
import { notDeployable } from '../catalog/service-metadata.ts';
import { digestOf, projectFiles } from '../catalog/project-files.ts';
import type { ProjectSource, SourcePlace } from '../catalog/project-source.ts';
import { toDiagnostics } from '../catalog/to-diagnostic.ts';
import { compileFailed, missingImage, missingVariable } from '../compile/compile-failures.ts';
import { compileGathered } from '../compile/compile-gathered.ts';
import { concerningFindings } from '../compile/concerning-findings.ts';
import { secretNames, secretValues } from '../compile/secret-values.ts';
import { namesInSecrets } from '../compile/names-in-secrets.ts';
import { serviceOf } from '../environment/declared-values.ts';
import { usedVariables } from '../environment/used-variables.ts';
import { ValueDigest } from '../environment/value-digest.ts';
import { gatherProject, type GatheredProject, type Gathering } from './gather-project.ts';
import { refuseUnanswered, refuseUnresolved } from './refuse-project.ts';
import { layersOfRequest } from './request-layers.ts';
import { selectServices } from './select-services.ts';
import { unresolvedPlaces } from './unresolved.ts';
import { valueSources } from './value-sources.ts';

type Input = InputOf<typeof operations.compileProject>;

export interface CompileProjectTask {
  readonly source: ProjectSource;
  readonly input: Input;
  readonly gathering: Gathering;
  readonly policy: PodPolicy;
  readonly keys: InstallationKeys;
}

/**
 * Compiles a whole project, of all profiles, for whoever deploys some of its services; only the selected ones can make it
 * fail. The objects hold Secrets, so they travel sealed to the asker's key.
 */
export function compileProject(task: CompileProjectTask): OutputOf<typeof operations.compileProject> {
  const { source, input, keys } = task;
  const request = { profiles: input.profiles, infraOf: input.infra_of, ...layersOfRequest(input) };
  const gathered = gatherProject(source, { ...request, savedAs: 'remembered' }, task.gathering);
  const { loaded, services } = gathered;
  const { project } = loaded.result;
  if (project === undefined || errorsOf(loaded).length > 0) {
    throw compileFailed({ name: source.stem, source }, loaded.diagnostics);
  }
  const selection = { services: input.services, withDependencies: input.with_dependencies };
  const selected = selectServices(project, selection, source.stem);
  refuse(source, gathered, project, selected, input.allow_unresolved ?? false);
  const result = compileGathered({
    source,
    loaded,
    project,
    environments: services,
    services: 'all',
    findingsFor: selected,
    ...(input.claims === undefined ? {} : { claims: input.claims }),
    namespace: input.namespace,
    specs: input.specs ?? {},
    nodeNames: input.node_names ?? {},
    pullSecrets: input.pull_secrets ?? [],
    policy: task.policy,
    secretVariables: secretNames(gathered.chosen),
    checksumKey: keys.checksum,
    kubeVersion: input.kube_version,
    routes: input.routes,
  });
  const diagnostics = [...concerningFindings(loaded, services, new Set(selected)), ...result.diagnostics];
  if (!result.ok) throw compileFailed({ name: source.stem, source }, diagnostics);
  const digest = new ValueDigest(keys.values);
  return {
    project: source.stem,
    name: project.name,
    digest: digestOf(projectFiles(source, loaded.result), keys.files),
    selected: [...selected],
    all: [...everyService(project)],
    services: result.services.map((service) => toService(service, source, project)),
    content: travelling(result, gathered, source, selected, digest),
    diagnostics: toDiagnostics(diagnostics, source),
  };
}

function refuse(
  source: ProjectSource,
  gathered: GatheredProject,
  project: ComposeProject,
  selected: readonly string[],
  allowUnresolved: boolean,
): void {
  const { loaded, services } = gathered;
  const missingImages = selected.flatMap((name): Diagnostic[] => {
    const service = serviceOf(project, name);
    const problem = service === undefined ? null : notDeployable(service);
    return problem === null ? [] : [missingImage(name, problem, loaded.result.positions)];
  });
  if (missingImages.length > 0) throw compileFailed({ name: source.stem, source }, missingImages);
  refuseUnanswered(source, gathered, selected);
  const places = unresolvedPlaces(loaded, services, new Set(selected));
  if (!allowUnresolved) return refuseUnresolved(source, places);
  // A stand-in holds its place in the loaded project; it must not get into a cluster.
  const insisted = new Set(
    places.filter(({ insists, path }) => insists && !isEnvironment(path)).map(({ name }) => name),
  );
  const chosen = new Set(selected);
  const isMeant = (service: string | undefined): boolean =>
    service === undefined || !services.has(service) || chosen.has(service);
  const missing = loaded.missing.filter(
    ({ variable, inEnvironment, service }) => insisted.has(variable) && !inEnvironment && isMeant(service),
  );
  if (missing.length > 0) throw compileFailed({ name: source.stem, source }, missing.map(missingVariable));
}

/** Files are named below the folder of their source: where that lies is nobody's business. */
function travelling(
  result: CompileResult,
  gathered: GatheredProject,
  { base }: SourcePlace,
  selected: readonly string[],
  digest: ValueDigest,
): ProjectContentData {
  const { objects, shares, dependencies, sourceMap, claims } = result;
  const shared = objects.map((object, index) => ({
    object: { ...object },
    services: [...(shares[index]?.services ?? [])],
  }));
  const sets = secretSets(result);
  return {
    objects: shared,
    dependencies: [...dependencies],
    sourceMap: sourceMap.map((entry) => {
      const { position } = entry;
      if (position === undefined) return entry;
      return { ...entry, position: { ...position, file: relative(base, position.file) } };
    }),
    environment: Object.fromEntries(
      selected.map((name) => {
        const secrets = namesInSecrets(sets.get(name) ?? []);
        const { variables = [] } = gathered.services.get(name) ?? {};
        return [name, usedVariables(variables, secrets, digest)];
      }),
    ),
    values: valueSources(gathered, selected),
    claims,
    masks: masksFor(objects, secretValues(gathered.chosen, gathered.services)),
  };
}

function toService(
  { service, name, podSecurity, oneShot, dependsOn, published }: CompileResult['services'][number],
  { stem }: SourcePlace,
  project: ComposeProject,
): CompiledServiceData {
  return {
    service,
    service_id: `${stem}:${service}`,
    object_name: name,
    image: serviceOf(project, service)?.image ?? null,
    depends_on: dependsOn.map(({ service: target, condition, required }) => ({ service: target, condition, required })),
    published: published.map(({ port, published: place = null, protocol }) => ({ port, published: place, protocol })),
    one_shot: oneShot,
    pod_security: podSecurity,
  };
}

/** Secret values that stand in other objects than Secrets. */
function masksFor(objects: readonly KubeObject[], secrets: readonly string[]): string[] {
  const finder = new TextFinder(secrets);
  const found = new Set<number>();
  const look = (part: unknown): void => {
    if (typeof part === 'string') for (const index of finder.foundIn(part)) found.add(index);
    else if (typeof part === 'object' && part !== null) for (const item of Object.values(part)) look(item);
  };
  if (secrets.length > 0) for (const object of objects) if (object.kind !== 'Secret') look(object);
  return secrets.filter((_, index) => found.has(index));
}

/** By service: the Secret of its own variables, which is named after it. */
function secretSets({ objects, shares, services }: CompileResult): ReadonlyMap<string, readonly KubeObject[]> {
  const names = new Map(services.map(({ service, name }) => [service, `${name}-secrets`]));
  const owned = objects.flatMap((object, index) =>
    object.kind === 'Secret' ? (shares[index]?.services ?? []).map((service) => ({ service, object })) : [],
  );
  const own = owned.filter(
    ({ service, object }) => object.metadata.name === (names.get(service) ?? `${service}-secrets`),
  );
  return new Map(
    [...Map.groupBy(own, ({ service }) => service)].map(([service, all]) => [service, all.map(({ object }) => object)]),
  );
}

function isEnvironment(path: string): boolean {
  return /^\/services\/[^/]+\/environment(\/|$)/.test(path);
}
