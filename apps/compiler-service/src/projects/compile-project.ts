import type { CompileResult } from '@ushadow/compiler';
import { everyService } from '@ushadow/compiler';
import type { ComposeProject, Diagnostic } from '@ushadow/compose';
import {
  failure,
  operations,
  type CompiledServiceData,
  type InputOf,
  type OutputOf,
  type ProjectContentData,
} from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { relative } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import { errorsOf } from '../catalog/load-source.ts';
import type { InstallationKeys } from '../keys/installation-keys.ts';
import { notDeployable } from '../catalog/not-deployable.ts';
import { digestOf, projectFiles } from '../catalog/project-files.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { toDiagnostics } from '../catalog/to-diagnostic.ts';
import { compileFailed, missingImage, missingVariable } from '../compile/compile-failures.ts';
import { compileGathered } from '../compile/compile-gathered.ts';
import { concerningFindings } from '../compile/concerning-findings.ts';
import { secretNames, secretValues } from '../compile/secret-values.ts';
import { namesInSecrets } from '../compile/names-in-secrets.ts';
import { serviceOf } from '../environment/declared-values.ts';
import { usedVariables } from '../environment/used-variables.ts';
import type { ValueDigest } from '../environment/value-digest.ts';
import type { GatheredProject, GatherProject } from './gather-project.ts';
import { refuseUnanswered, refuseUnresolved } from './refuse-project.ts';
import { selectServices } from './select-services.ts';
import { unresolvedPlaces } from './unresolved.ts';
import { valueSources } from './value-sources.ts';

const operation = operations.compileProject;
type Input = InputOf<typeof operation>;

interface Parts {
  readonly catalog: Catalog;
  readonly gather: GatherProject;
  readonly digest: ValueDigest;
  readonly keys: InstallationKeys;
}

/**
 * Compiles a whole project, of all profiles, for whoever deploys some of its services; only the selected ones can make it
 * fail. The objects hold Secrets, so they travel sealed to the asker's key.
 */
export class CompileProject {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: Input): Promise<OutputOf<typeof operation>> {
    const { catalog, gather } = this.parts;
    const found = await catalog.findProject(input.project);
    if (found === undefined)
      throw failure(operation, 'PROJECT_NOT_FOUND', `The catalog has no project ${input.project}.`);
    const { source } = found;
    const gathered = await gather.run({
      source,
      place: { clusterId: input.cluster_id, namespace: input.namespace },
      profiles: input.profiles,
      infraOf: input.infra_of,
      ...valuesOf(input),
      savedAs: 'remembered',
    });
    const { loaded, services } = gathered;
    const { project } = loaded.result;
    if (project === undefined || errorsOf(loaded).length > 0) {
      throw compileFailed({ name: source.stem, source }, loaded.diagnostics);
    }
    const wish = { services: input.services, withDependencies: input.with_dependencies };
    const selected = selectServices(project, wish, source.stem);
    this.refuse(source, gathered, project, selected, input.allow_unresolved ?? false);
    const result = compileGathered({
      source,
      loaded,
      project,
      environments: services,
      services: 'all',
      concerning: selected,
      ...(input.claims === undefined ? {} : { claims: input.claims }),
      namespace: input.namespace,
      specs: input.specs ?? {},
      nodeNames: input.node_names ?? {},
      pullSecrets: input.pull_secrets ?? [],
      policy: catalog.policy,
      secretVariables: secretNames(gathered.chosen),
      checksumKey: this.parts.keys.checksum,
      kubeVersion: input.kube_version,
    });
    const diagnostics = [...concerningFindings(loaded, services, new Set(selected)), ...result.diagnostics];
    if (!result.ok) throw compileFailed({ name: source.stem, source }, diagnostics);
    return {
      project: source.stem,
      name: project.name,
      digest: digestOf(projectFiles(source, loaded.result), this.parts.keys.files),
      selected: [...selected],
      all: [...everyService(project)],
      services: result.services.map((service) => toService(service, source, project)),
      // The same in JSON, where nothing is readonly and an object is any.
      content: this.travelling(result, gathered, source, selected) as unknown as ProjectContentData,
      diagnostics: toDiagnostics(diagnostics, source),
    };
  }

  private refuse(
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
    const isMeant = (service: string | undefined): boolean =>
      service === undefined || !services.has(service) || selected.includes(service);
    const missing = loaded.missing.filter(
      ({ variable, inEnvironment, service }) => insisted.has(variable) && !inEnvironment && isMeant(service),
    );
    if (missing.length > 0) throw compileFailed({ name: source.stem, source }, missing.map(missingVariable));
  }

  /** Files are named below the folder of their source: where that lies is nobody's business. */
  private travelling(
    result: CompileResult,
    gathered: GatheredProject,
    { base }: ProjectSource,
    selected: readonly string[],
  ) {
    const { objects, shares, dependencies, sourceMap, claims } = result;
    const shared = objects.map((object, index) => ({ object, services: shares[index]?.services ?? [] }));
    return {
      objects: shared,
      dependencies,
      sourceMap: sourceMap.map((entry) => {
        const { position } = entry;
        if (position === undefined) return entry;
        return { ...entry, position: { ...position, file: relative(base, position.file) } };
      }),
      environment: Object.fromEntries(
        selected.map((name) => {
          const own = shared.filter(({ object, services }) => services.includes(name) && isSetOf(object, name, result));
          const secrets = namesInSecrets(own.map(({ object }) => object));
          const { variables = [] } = gathered.services.get(name) ?? {};
          return [name, usedVariables(variables, secrets, this.parts.digest)];
        }),
      ),
      values: valueSources(gathered, selected),
      claims,
      masks: masksFor(objects, secretValues(gathered.chosen, gathered.services)),
    };
  }
}

/** The layers of a request. */
export function valuesOf(
  input: Pick<Input, 'typed' | 'shell' | 'env_file' | 'remembered' | 'service_values' | 'env_secrets'>,
) {
  const { typed = {}, shell = {}, env_file: envFile = {}, remembered = {} } = input;
  return {
    layers: { typed, shell, envFile, remembered },
    serviceValues: input.service_values ?? {},
    secrets: input.env_secrets ?? {},
  };
}

function toService(
  { service, name, podSecurity, oneShot, dependsOn, published }: CompileResult['services'][number],
  { stem }: ProjectSource,
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
function masksFor(objects: readonly KubeObject[], secrets: readonly string[]): readonly string[] {
  const texts = objects.filter(({ kind }) => kind !== 'Secret');
  return secrets.filter((value) => texts.some((object) => holds(object, value)));
}

function holds(part: unknown, value: string): boolean {
  if (typeof part === 'string') return part.includes(value);
  return typeof part === 'object' && part !== null && Object.values(part).some((item) => holds(item, value));
}

/** A Secret of the service's own variables. */
function isSetOf({ kind, metadata }: KubeObject, service: string, { services }: CompileResult): boolean {
  const name = services.find((each) => each.service === service)?.name ?? service;
  return kind === 'Secret' && metadata.name === `${name}-secrets`;
}

function isEnvironment(path: string): boolean {
  return /^\/services\/[^/]+\/environment(\/|$)/.test(path);
}
