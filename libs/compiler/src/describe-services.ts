import type { PodSecurityLevel } from '@ushadow/kubernetes';
import type { CompiledService, CompileResult } from './compile-result.ts';
import type { EmitContext } from './emit/emit-context.ts';
import { workloadId } from './emit/workload.ts';
import type { Design } from './model/design.ts';
import { joined } from './storage/kept-places.ts';

/** What was decided of every service that is compiled, for whoever deploys some of them. */
export function describeServices(
  context: EmitContext,
  compiled: ReadonlySet<string>,
  levels: ReadonlyMap<string, PodSecurityLevel>,
): readonly CompiledService[] {
  const services = context.design.services.filter(({ service }) => compiled.has(service.name));
  return services.map((designed) => {
    const { service, name, image, host } = designed;
    const workload = workloadId(designed, context);
    return {
      service: service.name,
      name,
      workload,
      podSecurity: levels.get(`${workload.kind}/${workload.name}`) ?? 'privileged',
      image,
      oneShot: (context.byName.get(host) ?? designed).kind === 'run-once',
      dependsOn: service.dependencies.map(({ service: target, condition, required }) => ({
        service: target,
        condition,
        required,
      })),
      published: service.listeners
        .filter(({ origin }) => origin === 'ports')
        .map(({ port, published, protocol }) => ({
          port,
          protocol,
          ...(published === undefined ? {} : { published }),
        })),
    };
  });
}

/**
 * By volume and bound folder: the claim, with the folder of it after a slash. The claim of a template is that of its first
 * replica.
 */
export function claimsOf({ stores, services }: Design): CompileResult['claims'] {
  const claims = stores
    .filter(({ external }) => !external)
    .flatMap(({ key, name, folder, perReplicaOf, holds }) => {
      const owner = services.find(({ service }) => service.name === perReplicaOf);
      const mounts = services.filter(({ host }) => host === perReplicaOf).flatMap((designed) => designed.mounts);
      const mount = mounts.find(({ source }) => source.kind === 'store' && source.store === key);
      const claim = owner === undefined || mount === undefined ? name : `${mount.name}-${owner.name}-0`;
      return Object.entries(holds).map(([what, part]): [string, string] => [what, joined(claim, folder, part)]);
    });
  return Object.fromEntries(claims);
}
