import { defaultKubeVersion, kubeVersions, oldestKubeVersion } from './kube-version.ts';
import type { KubeVersion } from './kube-version.ts';

/** Which Kubernetes is compiled for. */
export interface TargetVersion {
  /** The API that objects are checked against: the cluster's own, or the nearest that is bundled. */
  readonly schema: KubeVersion;
  /** The cluster's minor release; undefined where nobody said it. */
  readonly minor: number | undefined;
  readonly standing: 'unsaid' | 'bundled' | 'newer' | 'older' | 'unreadable';
}

/** `v1.37.2`, `1.36.0-eks-1a2b3c`, `1.35`. */
export function targetVersion(text: string | undefined): TargetVersion {
  if (text === undefined) return { schema: defaultKubeVersion, minor: undefined, standing: 'unsaid' };
  const [, digits] = /^v?1\.(\d{1,4})\+?(?:[.+-].*)?$/.exec(text) ?? [];
  if (digits === undefined) return { schema: defaultKubeVersion, minor: undefined, standing: 'unreadable' };
  const minor = Number(digits);
  const schema = kubeVersions.find((version) => minorOf(version) === minor);
  if (schema !== undefined) return { schema, minor, standing: 'bundled' };
  return minor > minorOf(defaultKubeVersion)
    ? { schema: defaultKubeVersion, minor, standing: 'newer' }
    : { schema: oldestKubeVersion, minor, standing: 'older' };
}

function minorOf(version: KubeVersion): number {
  return Number(version.slice(2));
}

/** A cluster whose version nobody said is not taken to have what came with that release. */
export function hasMinor({ minor }: TargetVersion, wanted: number): boolean {
  return minor !== undefined && minor >= wanted;
}
