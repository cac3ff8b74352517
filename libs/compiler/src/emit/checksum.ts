import { canonicalJson, encodeBase64, hmacSha256Hex, sha256Hex } from '@ushadow/kubernetes';
import type { DesignedService } from '../model/design.ts';
import { withSecrets } from '../sensitive/secret-placeholders.ts';
import type { EmitContext } from './emit-context.ts';

/**
 * A digest of all configuration that a pod reads, so that pods roll when only configuration changes. It covers secrets only
 * where it is keyed: whoever may read pods could try out short ones otherwise.
 */
export function configChecksum(services: readonly DesignedService[], context: EmitContext): string | undefined {
  const key = context.target.checksumKey;
  const { placeholders, fileSets } = context.design;
  const variables = services.flatMap(({ environment: { plain, secret, inline }, service }) => {
    const open = [...plain, ...inline.filter(({ fromSecret }) => !fromSecret)];
    const hidden = [...secret, ...inline.filter(({ fromSecret }) => fromSecret)];
    const hashed = key === undefined ? open : [...open, ...hidden];
    return hashed.map(({ name, value }) => [service.name, name, withSecrets(value, placeholders)]);
  });
  const used = new Set(
    services.flatMap(({ mounts }) =>
      mounts.flatMap(({ source }) => (source.kind === 'files' ? source.parts.map(({ set }) => set) : [])),
    ),
  );
  const files = fileSets
    .filter((set) => used.has(set.key) && (key !== undefined || !set.secret))
    .flatMap(({ name, entries }) =>
      entries.map(({ key: file, content }) => [
        name,
        file,
        typeof content === 'string' ? withSecrets(content, placeholders) : encodeBase64(content),
      ]),
    );
  if (variables.length + files.length === 0) return undefined;
  const text = canonicalJson([...variables, ...files]);
  return key === undefined ? sha256Hex(text) : hmacSha256Hex(key, text);
}

/** A digest of the dependencies that restart their dependents, so that these roll when those change. */
export function dependencyChecksum(services: readonly DesignedService[], context: EmitContext): string | undefined {
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
