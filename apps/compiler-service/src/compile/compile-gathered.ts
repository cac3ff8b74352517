import { compile, type CompileInput, type CompileResult, type PodPolicy } from '@ushadow/compiler';
import type { ComposeProject } from '@ushadow/compose';
import type { DeploymentSpecData, RouteTargetData } from '@ushadow/contracts';
import type { ResolvedEnvironment, ResolvedVariable } from '@ushadow/environment';
import type { LoadedSource } from '../catalog/load-source.ts';
import type { ProjectSource } from '../catalog/project-source.ts';
import { toDeploymentSpec } from './to-deployment-spec.ts';
import { toRouteTarget } from './to-route-target.ts';
import { withEnvironments } from './with-environment.ts';

export interface GatheredInput extends Pick<CompileInput, 'services' | 'findingsFor' | 'claims'> {
  readonly source: ProjectSource;
  readonly loaded: LoadedSource;
  readonly project: ComposeProject;
  readonly environments: ReadonlyMap<string, Pick<ResolvedEnvironment, 'variables'>>;
  readonly namespace: string;
  readonly specs: Readonly<Record<string, DeploymentSpecData>>;
  readonly nodeNames: Readonly<Record<string, string>>;
  readonly pullSecrets: readonly string[];
  /** Variables that are secret by where their values come from. */
  readonly secretVariables: readonly string[];
  /** Of this installation: keys the digests by which pods follow their configuration. */
  readonly checksumKey: string;
  /** What pods may do, as the operator has decided. */
  readonly policy: PodPolicy;
  /** What the cluster runs, where it is known. */
  readonly kubeVersion: string | undefined;
  /** How it takes requests from outside, where that is known. */
  readonly routes: RouteTargetData | undefined;
}

/** Compiles a project with the values that were decided for all its services. */
export function compileGathered(input: GatheredInput): CompileResult {
  const { source, loaded, project, environments, specs, nodeNames } = input;
  const { positions, directory, declaredEnvironment, interpolationEnvironment, templates } = loaded.result;
  const names = Object.keys({ ...project.services, ...project.disabledServices });
  return compile({
    project: withEnvironments(project, environments),
    positions,
    directory,
    ...(input.services === undefined ? {} : { services: input.services }),
    ...(input.findingsFor === undefined ? {} : { findingsFor: input.findingsFor }),
    ...(input.claims === undefined ? {} : { claims: input.claims }),
    specs: Object.fromEntries(
      [...new Set([...Object.keys(specs), ...Object.keys(nodeNames)])].map((name) => [
        name,
        toDeploymentSpec(specs[name], nodeNames[name]),
      ]),
    ),
    environment: Object.fromEntries(
      [...environments].map(([name, { variables }]) => [name, resolvedValues(variables)]),
    ),
    declared: declaredEnvironment,
    variables: interpolationEnvironment,
    secretVariables: input.secretVariables,
    templates,
    // A Compose file must not carry this machine's files into a cluster, nor a node's files into a pod unasked.
    files: source.port,
    target: {
      namespace: input.namespace,
      instances: Object.fromEntries(names.map((name) => [name, `${source.stem}:${name}`])),
      policies: { pods: input.policy },
      images: { pullSecrets: input.pullSecrets },
      checksumKey: input.checksumKey,
      ...(input.kubeVersion === undefined ? {} : { version: input.kubeVersion }),
      ...(input.routes === undefined ? {} : { routes: toRouteTarget(input.routes) }),
    },
  });
}

/** Secret by what was judged here; where nothing was said, the compiler judges, which knows all services. */
function resolvedValues(variables: readonly ResolvedVariable[]) {
  return Object.fromEntries(
    variables.flatMap(({ name, winner, secret, secretOverride }) => {
      if (winner === undefined) return [];
      const mark = secret ? true : secretOverride;
      return [[name, { value: winner.value, ...(mark === undefined ? {} : { secret: mark }) }] as const];
    }),
  );
}
