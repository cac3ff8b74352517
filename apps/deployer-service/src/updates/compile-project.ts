import { Injectable } from '@nestjs/common';
import { operations, type ClusterData, type InputOf, type OutputOf, type UsedVariableData } from '@ushadow/contracts';
import type { CompileResult } from '@ushadow/compiler';
import { RpcCaller } from '@ushadow/messaging';
import type { ServiceContent, StackObjects, WantedObject } from '../content/stack-content.ts';
import { PullSecrets } from './pull-secrets.ts';

type Operation = typeof operations.compileProject;

export type ProjectRequest = Omit<InputOf<Operation>, 'pull_secrets'>;

export interface CompiledProject {
  readonly content: StackObjects;
  readonly selected: readonly string[];
  /** Every service in the files, of any profile. */
  readonly all: readonly string[];
  readonly diagnostics: OutputOf<Operation>['diagnostics'];
}

/** What the compiler makes of a project; the contract knows the objects as plain JSON. */
interface Opened extends Pick<CompileResult, 'dependencies' | 'sourceMap' | 'claims'> {
  readonly objects: readonly WantedObject[];
  readonly environment: Readonly<Record<string, readonly UsedVariableData[]>>;
  readonly masks: readonly string[];
}

/** A whole project as the compiler makes it now, with what its pods pull their images by. */
@Injectable()
export class CompileProject {
  constructor(
    private readonly caller: RpcCaller,
    private readonly pullSecrets: PullSecrets,
  ) {}

  cluster(clusterId: string): Promise<ClusterData> {
    return this.caller.call(operations.getCluster, { cluster_id: clusterId });
  }

  async run(request: ProjectRequest): Promise<CompiledProject> {
    const compiled = await this.pullSecrets.complete(request.cluster_id, (names) => this.compile(request, names));
    const { answer, objects, dependencies, sourceMap, environment, masks, claims } = compiled;
    const services = answer.services.map((each): [string, ServiceContent] => [
      each.service,
      {
        serviceId: each.service_id,
        objectName: each.object_name,
        image: each.image,
        dependsOn: each.depends_on,
        published: each.published,
        isOneShot: each.one_shot,
        environment: environment[each.service] ?? [],
      },
    ]);
    return {
      // A namespace is made on the way where it is missing, and is no service's.
      content: {
        objects: objects.filter((each) => each.services.length > 0),
        dependencies,
        sourceMap,
        services: Object.fromEntries(services),
        filesDigest: answer.digest,
        masks,
        claims,
      },
      selected: answer.selected,
      all: answer.all,
      diagnostics: answer.diagnostics,
    };
  }

  private async compile(request: ProjectRequest, pullSecrets: readonly string[]) {
    const answer = await this.caller.call(operations.compileProject, {
      ...request,
      pull_secrets: [...pullSecrets],
    });
    const opened = answer.content as unknown as Opened;
    const { project, namespace } = request;
    return { project, namespace, selected: answer.selected, answer, ...opened };
  }
}
