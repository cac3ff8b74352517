import { canonicalJson, hmacSha256Hex, sha256Hex } from '@ushadow/kubernetes';
import type { PlannedService } from '../model/plan.ts';
import { encodeBase64 } from '../text/base64.ts';
import type { EmitContext } from './emit-context.ts';

/** A digest of all configuration that a pod reads, so that pods roll when only configuration changes. */
export function configChecksum(services: readonly PlannedService[], context: EmitContext): string | undefined {
  const variables = services.flatMap(({ environment, service }) =>
    [...environment.plain, ...environment.secret, ...environment.inline].map(({ name, value }) => [
      service.name,
      name,
      value,
    ]),
  );
  const used = new Set(
    services.flatMap(({ mounts }) =>
      mounts.flatMap(({ source }) => (source.kind === 'files' ? source.parts.map(({ set }) => set) : [])),
    ),
  );
  const files = context.plan.fileSets
    .filter(({ key }) => used.has(key))
    .flatMap(({ name, entries }) =>
      entries.map(({ key, content }) => [name, key, typeof content === 'string' ? content : encodeBase64(content)]),
    );
  if (variables.length + files.length === 0) return undefined;
  const text = canonicalJson([...variables, ...files]);
  const key = context.options.checksumKey;
  return key === undefined ? sha256Hex(text) : hmacSha256Hex(key, text);
}

/** A digest of the dependencies that restart their dependents, so that these roll when those change. */
export function dependencyChecksum(services: readonly PlannedService[], context: EmitContext): string | undefined {
  const known = services.flatMap(({ waits, host }) =>
    waits.flatMap(({ restart, service }) => {
      const target = restart ? context.byName.get(service) : undefined;
      return target === undefined || target.host === host ? [] : [target];
    }),
  );
  if (known.length === 0) return undefined;
  return sha256Hex(
    canonicalJson(known.map((target) => [target.name, target.image, configChecksum([target], context) ?? ''])),
  );
}
