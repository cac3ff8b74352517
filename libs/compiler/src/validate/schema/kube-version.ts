/** The minor versions whose API is bundled, newest first. */
export const kubeVersions = ['1.37', '1.36', '1.35'] as const;
export type KubeVersion = (typeof kubeVersions)[number];
export const defaultKubeVersion: KubeVersion = '1.37';

/** `v1.37.2`, `1.37` → `1.37`; undefined for a version that is not bundled. */
export function parseKubeVersion(text: string): KubeVersion | undefined {
  const minor = /^v?(\d+\.\d+)(?:[.+-].*)?$/.exec(text)?.[1];
  return kubeVersions.find((version) => version === minor);
}

/** Whether a version is that minor release or a later one. */
export function isAtLeast(version: KubeVersion, minor: KubeVersion): boolean {
  return kubeVersions.indexOf(version) <= kubeVersions.indexOf(minor);
}
