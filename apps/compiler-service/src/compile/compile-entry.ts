import type { CompileResult } from '@ushadow/compiler';
import type { Diagnostic } from '@ushadow/compose';
import { DomainError, type DeploymentSpecData } from '@ushadow/contracts';
import type { Catalog, CatalogEntry } from '../catalog/catalog.ts';
import { errorsOf } from '../catalog/load-source.ts';
import { notDeployable } from '../catalog/not-deployable.ts';
import type { GatheredEnvironment, GatherEnvironment } from '../environment/gather-environment.ts';
import type { InstallationKeys } from '../keys/installation-keys.ts';
import type { Place } from '../environment/place.ts';
import { compileFailed, missingImage, missingVariable } from './compile-failures.ts';
import { compileGathered } from './compile-gathered.ts';
import { concerningFindings } from './concerning-findings.ts';
import { refuseUnanswered, refuseUnresolved } from './refuse-environment.ts';
import { secretNames } from './secret-values.ts';

export interface CompileRequest {
  readonly serviceId: string;
  readonly namespace: string;
  /** Undefined: no cluster is meant, so neither scans nor saved values are used. */
  readonly place: Place | undefined;
  readonly spec: DeploymentSpecData | undefined;
  readonly nodeName: string | undefined;
  /** Values typed by the user, by variable of the container. */
  readonly typed: Readonly<Record<string, string>> | undefined;
  /** The user's word on what is secret. */
  readonly secrets: Readonly<Record<string, boolean>> | undefined;
  /** Values for `${…}` in the whole file. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly allowUnresolved: boolean;
  /** Secrets that its pods pull their images with. */
  readonly pullSecrets?: readonly string[] | undefined;
  /** What the cluster runs, where one is meant and it is known. */
  readonly kubeVersion: string | undefined;
}

export interface CompiledEntry {
  readonly entry: CatalogEntry;
  /** Of the loader and the compiler together. */
  readonly diagnostics: readonly Diagnostic[];
  readonly environment: GatheredEnvironment;
  readonly result: CompileResult;
}

/** Compiles one service of the catalog, from its file and the values of its variables as they are now. */
export class CompileEntry {
  private readonly catalog: Catalog;
  private readonly gather: GatherEnvironment;
  private readonly keys: InstallationKeys;

  constructor(catalog: Catalog, gather: GatherEnvironment, keys: InstallationKeys) {
    this.catalog = catalog;
    this.gather = gather;
    this.keys = keys;
  }

  /** Throws SERVICE_NOT_FOUND, COMPILE_FAILED, ENVIRONMENT_UNRESOLVED or ENVIRONMENT_UNAVAILABLE. */
  async run(request: CompileRequest): Promise<CompiledEntry> {
    const entry = await this.catalog.find(request.serviceId);
    if (entry === undefined) {
      throw new DomainError('SERVICE_NOT_FOUND', 'not-found', `The catalog has no service ${request.serviceId}.`);
    }
    const { place, typed, secrets, variables } = request;
    const environment = await this.gather.run({ entry, place, typed, secrets, variables });
    refuseUnusable(entry, environment);
    refuseUnanswered(entry, environment);
    if (!request.allowUnresolved) refuseUnresolved(entry, environment);
    const result = this.compile(entry, environment, request);
    const diagnostics = [...withoutAnswered(entry, environment), ...result.diagnostics];
    if (!result.ok) throw compileFailed(entry, diagnostics);
    return { entry, diagnostics, environment, result };
  }

  private compile(entry: CatalogEntry, environment: GatheredEnvironment, request: CompileRequest): CompileResult {
    const { loaded, services } = environment;
    const { project } = loaded.result;
    if (project === undefined) throw compileFailed(entry, loaded.diagnostics);
    const { spec, nodeName } = request;
    return compileGathered({
      source: entry.source,
      loaded,
      project,
      environments: services,
      services: [entry.name],
      namespace: request.namespace,
      specs: spec === undefined ? {} : { [entry.name]: spec },
      nodeNames: nodeName === undefined ? {} : { [entry.name]: nodeName },
      pullSecrets: request.pullSecrets ?? [],
      policy: this.catalog.policy,
      secretVariables: secretNames(environment.chosen),
      checksumKey: this.keys.checksum,
      kubeVersion: request.kubeVersion,
    });
  }
}

/** What no value of a variable of the container can mend. */
function refuseUnusable(entry: CatalogEntry, { loaded }: GatheredEnvironment): void {
  const errors = errorsOf(loaded);
  if (errors.length > 0) throw compileFailed(entry, loaded.diagnostics);
  const missing = loaded.missing.filter(
    ({ service, inEnvironment }) => service === undefined || (service === entry.name && !inEnvironment),
  );
  if (missing.length > 0) throw compileFailed(entry, missing.map(missingVariable));
  const problem = notDeployable(entry.service);
  if (problem !== null) throw compileFailed(entry, [missingImage(entry.name, problem, loaded.result.positions)]);
}

/** The loader's findings, without those on variables that another level has a value for, or of other services. */
function withoutAnswered({ name }: CatalogEntry, environment: GatheredEnvironment): readonly Diagnostic[] {
  return concerningFindings(environment.loaded, environment.services, new Set([name]));
}
