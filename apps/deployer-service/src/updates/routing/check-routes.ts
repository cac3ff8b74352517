import type { ClusterRoutingData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import { KubernetesApiError, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { GATEWAY_API } from './read-routing-facts.ts';
import { RouteReader } from './route-reader.ts';
import { readLiveRoute, takenHosts, type LiveRoute } from './taken-hosts.ts';
import { isRoute, issuersOf, readRoute } from './wanted-routes.ts';

const ROUTES_MAX = 5_000;
const INGRESS = { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' };
const HTTP_ROUTE = { ...GATEWAY_API, kind: 'HTTPRoute' };

interface OwnPlace {
  readonly namespace: string;
  readonly project: string;
}

/** What is against these routes in their cluster: issuers that are not there, addresses that others have. */
export async function checkRoutes(
  objects: readonly KubeObject[],
  own: OwnPlace,
  cluster: KubernetesTransport,
  servesGateways: boolean | undefined,
): Promise<Failure[]> {
  const reader = new RouteReader(cluster);
  const wanted = objects.filter(isRoute).map(readRoute);
  const kinds = [INGRESS, ...(servesGateways === true ? [HTTP_ROUTE] : [])];
  const hasHosts = wanted.some(({ addresses }) => addresses.length > 0);
  const [lists, issuers] = await Promise.all([
    Promise.all(hasHosts ? kinds.map((kind) => listRoutes(kind, own.namespace, reader)) : []),
    Promise.all(issuersOf(objects).map((issuer) => missingIssuer(issuer, own.namespace, reader))),
  ]);
  return [...issuers.flat(), ...takenHosts(wanted, lists.flat(), own), ...notSeen(reader)];
}

/** Of the whole cluster, or of the own namespace alone where no more may be seen. */
async function listRoutes(kind: typeof INGRESS, namespace: string, reader: RouteReader): Promise<readonly LiveRoute[]> {
  const list = async (target: typeof INGRESS & { namespace?: string }): Promise<readonly LiveRoute[]> => {
    const project = (object: KubeObject): LiveRoute =>
      readLiveRoute({ ...object, apiVersion: `${kind.group}/${kind.version}`, kind: kind.kind });
    return (await reader.cluster.listAs(target, project, { ...reader.call, itemsMax: ROUTES_MAX })).items;
  };
  const all = await reader.see(`${kind.kind} objects of other namespaces`, () => list(kind));
  return all ?? list({ ...kind, namespace }).catch(nothingOf);
}

function nothingOf(error: unknown): readonly LiveRoute[] {
  if (error instanceof KubernetesApiError) return [];
  throw error;
}

async function missingIssuer(
  { kind, name }: NonNullable<ClusterRoutingData['issuer']>,
  namespace: string,
  reader: RouteReader,
): Promise<Failure[]> {
  const id = { group: 'cert-manager.io', version: 'v1', kind, name, ...(kind === 'Issuer' ? { namespace } : {}) };
  const isThere = await reader.see(
    `${kind} ${name}`,
    async () => (await reader.cluster.get(id, reader.call)) !== undefined,
  );
  if (isThere !== false) return [];
  const where = kind === 'Issuer' ? ` in namespace ${namespace}` : '';
  const message = `Certificates are to be issued by ${kind} ${name}, which does not exist${where}.`;
  const remedy = 'install cert-manager and make the issuer, or name another one in the settings of the cluster';
  return [{ code: 'ROUTE_ISSUER_MISSING', message, remedy, evidence: [] }];
}

function notSeen({ unseen }: RouteReader): Failure[] {
  if (unseen.length === 0) return [];
  const message = `Not checked, so that clashes with others may go unnoticed: ${unseen.join(', ')}.`;
  return [{ code: 'ROUTE_NOT_SEEN', message, remedy: 'grant the right to read it', evidence: [] }];
}
