import type { KubeObject } from './object.ts';

/** What names one object in one cluster. The core group is the empty string. */
export interface ObjectId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly name: string;
}

/** Splits `apps/v1` into group and version; `v1` is the core group. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  if (slash < 0) return { group: '', version: apiVersion };
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function formatApiVersion(id: Pick<ObjectId, 'group' | 'version'>): string {
  return id.group === '' ? id.version : `${id.group}/${id.version}`;
}

export function objectId(object: KubeObject): ObjectId {
  const { name, namespace } = object.metadata;
  const base = { ...parseApiVersion(object.apiVersion), kind: object.kind, name };
  return namespace === undefined ? base : { ...base, namespace };
}

/** For people: `Deployment/shop/web`, or `Namespace/shop` for cluster-scoped objects. */
export function formatObjectId(id: Pick<ObjectId, 'kind' | 'namespace' | 'name'>): string {
  return id.namespace === undefined ? `${id.kind}/${id.name}` : `${id.kind}/${id.namespace}/${id.name}`;
}

/** For maps: group, kind, namespace and name; the version is left out, as one object is served under several. */
export function objectKey(id: ObjectId): string {
  return `${id.group}/${id.kind}/${id.namespace ?? ''}/${id.name}`;
}
