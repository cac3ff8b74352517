/** The minor versions whose API is bundled, newest first. */
export const kubeVersions = ['1.37', '1.36', '1.35'] as const;
export type KubeVersion = (typeof kubeVersions)[number];
export const defaultKubeVersion: KubeVersion = '1.37';

export const oldestKubeVersion: KubeVersion = '1.35';

/** Whether a version is that minor release or a later one. */
export function isAtLeast(version: KubeVersion, minor: KubeVersion): boolean {
  return kubeVersions.indexOf(version) <= kubeVersions.indexOf(minor);
}
