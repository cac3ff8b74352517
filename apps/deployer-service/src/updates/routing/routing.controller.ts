import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { CompileProject } from '../compile-project.ts';
import { ClusterRoutes } from './cluster-routes.ts';

@Controller()
export class RoutingController {
  constructor(
    private readonly compile: CompileProject,
    private readonly routes: ClusterRoutes,
  ) {}

  @Handle(operations.getRouteTarget)
  async get(input: InputOf<typeof operations.getRouteTarget>): Promise<OutputOf<typeof operations.getRouteTarget>> {
    const cluster = await this.compile.cluster(input.cluster_id);
    const { target } = await this.routes.choose(cluster, input.namespace);
    return { routes: target ?? null };
  }
}
