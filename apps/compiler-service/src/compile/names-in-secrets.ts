import type { KubeObject } from '@ushadow/kubernetes';

/** Keys of all compiled Secrets: the variables that are kept in one. */
export function namesInSecrets(objects: readonly KubeObject[]): ReadonlySet<string> {
  const secrets = objects.filter(({ kind }) => kind === 'Secret');
  return new Set(secrets.flatMap((secret) => [...keysOf(secret['data']), ...keysOf(secret['stringData'])]));
}

function keysOf(field: unknown): string[] {
  return typeof field === 'object' && field !== null ? Object.keys(field) : [];
}
