import { canonicalJson, hmacSha256Hex, sha256Hex, encodeBase64 } from '@ushadow/kubernetes';
import type { PlannedService } from '../model/plan.ts';
import { unveiled } from '../sensitive/veil.ts';
import type { EmitContext } from './emit-context.ts';

/**
 * A digest of all configuration that a pod reads, so that pods roll when only configuration changes. It covers secrets only
 * where it is keyed: whoever may read pods could try out short ones otherwise.
 */
export function configChecksum(services: readonly PlannedService[], context: EmitContext): string | undefined {
  const key = context.options.checksumKey;
  const { veil, fileSets } = context.plan;
  const variables = services.flatMap(({ environment: { plain, secret, inline }, service }) => {
    const open = [...plain, ...inline.filter(({ fromSecret }) => !fromSecret)];
    const hidden = [...secret, ...inline.filter(({ fromSecret }) => fromSecret)];
    const covered = key === undefined ? open : [...open, ...hidden];
    return covered.map(({ name, value }) => [service.name, name, unveiled(value, veil)]);
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
        typeof content === 'string' ? unveiled(content, veil) : encodeBase64(content),
      ]),
    );
  if (variables.length + files.length === 0) return undefined;
  const text = canonicalJson([...variables, ...files]);
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
