import { Injectable } from '@nestjs/common';
import { DomainError, type ClusterData, type RouteTargetData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import { textAt, type KubeObject } from '@ushadow/kubernetes';
import type { StackContent } from '../../content/stack-content.ts';
import { isDeepStrictEqual } from 'node:util';
import { CompileProject, type CompiledProject, type ProjectRequest } from '../compile-project.ts';
import { checkRoutes } from './check-routes.ts';
import { ClusterRoutes } from './cluster-routes.ts';
import { formerGateway, isRoute } from './wanted-routes.ts';

export interface RoutedProject {
  readonly compiled: CompiledProject;
  readonly warnings: readonly Failure[];
}

type Attempt = { readonly compiled: CompiledProject } | { readonly error: DomainError };

/**
 * Compiles a project with the routes that its cluster takes. The cluster is asked only where there may be any: a stack that has
 * had none is compiled as it was last chosen for that cluster, and once more only where the cluster now says otherwise.
 */
@Injectable()
export class CompileWithRoutes {
  constructor(
    private readonly compile: CompileProject,
    private readonly routes: ClusterRoutes,
  ) {}

  async run(request: ProjectRequest, cluster: ClusterData, before: StackContent): Promise<RoutedProject> {
    const guess = this.routes.lastOf(cluster.cluster_id);
    const isKnown = hadRoutes(before) || asksForRoutes(request);
    const first = isKnown ? undefined : await this.attempt(toward(guess, request));
    if (first !== undefined && !mayHaveRoutes(first)) return { compiled: unwrap(first), warnings: [] };
    const { namespace, project } = request;
    const former = formerGateway(before.objects.map(({ object }) => object));
    const { transport, facts, target, warnings } = await this.routes.choose(cluster, namespace, former);
    const compiled =
      first !== undefined && isDeepStrictEqual(target, guess)
        ? unwrap(first)
        : await this.compile.run(toward(target, request));
    const objects = ofSelected(compiled);
    if (!objects.some(isRoute)) return { compiled, warnings: [] };
    const said = objects.some(isLeftToTheCluster)
      ? warnings
      : warnings.filter(({ code }) => code !== 'ROUTE_NO_CONTROLLER');
    if (transport === undefined) return { compiled, warnings: said };
    const found = await checkRoutes(objects, { namespace, project }, transport, facts.servesGateways);
    return { compiled, warnings: [...said, ...found] };
  }

  private async attempt(request: ProjectRequest): Promise<Attempt> {
    try {
      return { compiled: await this.compile.run(request) };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'COMPILE_FAILED') return { error };
      throw error;
    }
  }
}

function toward(target: RouteTargetData | undefined, request: ProjectRequest): ProjectRequest {
  return target === undefined ? request : { ...request, routes: target };
}

function unwrap(attempt: Attempt): CompiledProject {
  if ('error' in attempt) throw attempt.error;
  return attempt.compiled;
}

function ofSelected({ content, selected }: CompiledProject): readonly KubeObject[] {
  return content.objects
    .filter(({ services }) => services.some((service) => selected.includes(service)))
    .map(({ object }) => object);
}

/** An Ingress that names its class is that controller's, whatever the default is. */
function isLeftToTheCluster(object: KubeObject): boolean {
  return isRoute(object) && !(object.kind === 'Ingress' && textAt(object, ['spec', 'ingressClassName']) !== '');
}

function hadRoutes({ objects }: StackContent): boolean {
  return objects.some(({ object }) => isRoute(object));
}

function asksForRoutes({ specs = {} }: ProjectRequest): boolean {
  return Object.values(specs).some(
    ({ public_at: addresses = [], ingress }) => addresses.length > 0 || ingress?.enabled === true,
  );
}

/** Findings about routes and about labels of proxies: what one way cannot express another one may. */
const ABOUT_ROUTES = /^CMP14/;

function mayHaveRoutes(attempt: Attempt): boolean {
  if ('compiled' in attempt) {
    const { content, diagnostics } = attempt.compiled;
    return (
      content.objects.some(({ object }) => isRoute(object)) || diagnostics.some(({ code }) => ABOUT_ROUTES.test(code))
    );
  }
  const { diagnostics = [] } = (attempt.error.details ?? {}) as {
    diagnostics?: readonly { readonly code?: unknown }[];
  };
  return diagnostics.some(({ code }) => ABOUT_ROUTES.test(String(code)));
}
