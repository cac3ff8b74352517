import type { CompileResult, PodPolicy } from '@ushadow/compiler';
import type { Diagnostic } from '@ushadow/compose';
import type { DeploymentSpecData, RouteTargetData } from '@ushadow/contracts';
import { errorsOf } from '../catalog/load-source.ts';
import { notDeployable } from '../catalog/service-metadata.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { gatherEnvironment, type GatheredEnvironment } from '../environment/gather-environment.ts';
import type { WorkEntry } from '../environment/work-entry.ts';
import type { Gathering } from '../projects/gather-project.ts';
import { compileFailed, missingImage, missingVariable } from './compile-failures.ts';
import { compileGathered } from './compile-gathered.ts';
import { concerningFindings } from './concerning-findings.ts';
import { refuseUnanswered, refuseUnresolved } from './refuse-environment.ts';
import { secretNames } from './secret-values.ts';

export interface CompileRequest {
  readonly namespace: string;
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
  /** How it takes requests from outside, where that is known. */
  readonly routes: RouteTargetData | undefined;
}

export interface CompileEntryTask {
  readonly source: ProjectSource;
  readonly service: Omit<WorkEntry, 'source'>;
  readonly request: CompileRequest;
  readonly gathering: Gathering;
  readonly policy: PodPolicy;
  readonly checksumKey: string;
}

export interface CompiledEntry {
  readonly entry: WorkEntry;
  /** Of the loader and the compiler together. */
  readonly diagnostics: readonly Diagnostic[];
  readonly environment: GatheredEnvironment;
  readonly result: CompileResult;
}

/**
 * Compiles one service of the catalog, from its file and the values of its variables as they are now. Throws COMPILE_FAILED,
 * ENVIRONMENT_UNRESOLVED or ENVIRONMENT_UNAVAILABLE.
 */
export function compileEntry(task: CompileEntryTask): CompiledEntry {
  const { source, request, gathering } = task;
  const entry: WorkEntry = { ...task.service, source };
  const { typed, secrets, variables } = request;
  const environment = gatherEnvironment(source, { entry, typed, secrets, variables }, gathering);
  refuseUnusable(entry, environment);
  refuseUnanswered(entry, environment);
  if (!request.allowUnresolved) refuseUnresolved(entry, environment);
  const result = compiled(entry, environment, task);
  const diagnostics = [...withoutAnswered(entry, environment), ...result.diagnostics];
  if (!result.ok) throw compileFailed(entry, diagnostics);
  return { entry, diagnostics, environment, result };
}

function compiled(
  entry: WorkEntry,
  environment: GatheredEnvironment,
  { source, request, policy, checksumKey }: CompileEntryTask,
): CompileResult {
  const { loaded, services } = environment;
  const { project } = loaded.result;
  if (project === undefined) throw compileFailed(entry, loaded.diagnostics);
  const { spec, nodeName } = request;
  return compileGathered({
    source,
    loaded,
    project,
    environments: services,
    services: [entry.name],
    namespace: request.namespace,
    specs: spec === undefined ? {} : { [entry.name]: spec },
    nodeNames: nodeName === undefined ? {} : { [entry.name]: nodeName },
    pullSecrets: request.pullSecrets ?? [],
    policy,
    secretVariables: secretNames(environment.chosen),
    checksumKey,
    kubeVersion: request.kubeVersion,
    routes: request.routes,
  });
}

/** What no value of a variable of the container can mend. */
function refuseUnusable(entry: WorkEntry, { loaded }: GatheredEnvironment): void {
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
function withoutAnswered({ name }: WorkEntry, environment: GatheredEnvironment): readonly Diagnostic[] {
  return concerningFindings(environment.loaded, environment.services, new Set([name]));
}
