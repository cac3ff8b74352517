import { Injectable } from '@nestjs/common';
import { DomainError, type ClusterData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import { textAt, type KubeObject } from '@ushadow/kubernetes';
import type { StackContent } from '../../content/stack-content.ts';
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
 * Compiles a project with the routes that its cluster takes, once where that can be. A stack that has had no routes is compiled
 * to see whether it has any now: only then is the cluster asked.
 */
@Injectable()
export class CompileWithRoutes {
  constructor(
    private readonly compile: CompileProject,
    private readonly routes: ClusterRoutes,
  ) {}

  async run(request: ProjectRequest, cluster: ClusterData, before: StackContent): Promise<RoutedProject> {
    const isKnown = before.objects.length === 0 || hadRoutes(before) || asksForRoutes(request);
    const first = isKnown ? undefined : await this.attempt(request);
    if (first !== undefined && !mayHaveRoutes(first)) return { compiled: unwrap(first), warnings: [] };
    const { namespace, project } = request;
    const former = formerGateway(before.objects.map(({ object }) => object));
    const { transport, facts, target, warnings } = await this.routes.choose(cluster, namespace, former);
    const compiled =
      first !== undefined && target === undefined
        ? unwrap(first)
        : await this.compile.run({ ...request, ...(target === undefined ? {} : { routes: target }) });
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
