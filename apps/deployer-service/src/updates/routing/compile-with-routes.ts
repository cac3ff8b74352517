import { Injectable } from '@nestjs/common';
import { DomainError, type ClusterData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import type { KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterConnections } from '../../clusters/cluster-connections.ts';
import type { StackContent } from '../../content/stack-content.ts';
import { CompileProject, type CompiledProject, type ProjectRequest } from '../compile-project.ts';
import { checkRoutes } from './check-routes.ts';
import { chooseRouteTarget } from './choose-route-target.ts';
import { readRoutingFacts } from './read-routing-facts.ts';
import type { RoutingFacts } from './routing-facts.ts';
import { formerGateway, isRoute } from './wanted-routes.ts';

export interface RoutedProject {
  readonly compiled: CompiledProject;
  readonly warnings: readonly Failure[];
}

const NOTHING_SEEN: RoutingFacts = {
  classes: undefined,
  servesGateways: undefined,
  servesListenerSets: false,
  gateways: undefined,
  unseen: ['the cluster (no way to it)'],
};

type Attempt = { readonly compiled: CompiledProject } | { readonly error: DomainError };

/** Compiles a project with the routes that its cluster takes. The cluster is asked only where there may be any. */
@Injectable()
export class CompileWithRoutes {
  constructor(
    private readonly compile: CompileProject,
    private readonly clusters: ClusterConnections,
  ) {}

  async run(request: ProjectRequest, cluster: ClusterData, before: StackContent): Promise<RoutedProject> {
    const first = hadRoutes(before) || asksForRoutes(request) ? undefined : await this.attempt(request);
    if (first !== undefined && !mayHaveRoutes(first)) return { compiled: unwrap(first), warnings: [] };
    const { namespace, project } = request;
    const transport = await this.connect(cluster.cluster_id);
    const facts =
      transport === undefined ? NOTHING_SEEN : await readRoutingFacts(transport, cluster.routing, namespace);
    const { target, warnings } = chooseRouteTarget(
      cluster.routing,
      facts,
      formerGateway(before.objects.map(({ object }) => object)),
    );
    const compiled =
      first !== undefined && target === undefined
        ? unwrap(first)
        : await this.compile.run({ ...request, ...(target === undefined ? {} : { routes: target }) });
    const objects = ofSelected(compiled);
    if (!objects.some(isRoute)) return { compiled, warnings: [] };
    if (transport === undefined) return { compiled, warnings };
    const found = await checkRoutes(objects, { namespace, project }, transport, facts.servesGateways);
    return { compiled, warnings: [...warnings, ...found] };
  }

  /** Undefined where there is no way to the cluster: whatever comes after this will say so. */
  private async connect(clusterId: string): Promise<KubernetesTransport | undefined> {
    try {
      return await this.clusters.to(clusterId);
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
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
