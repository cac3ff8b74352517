import { encodeBase64 } from '@ushadow/kubernetes';
import type { DesignedService } from '../model/design.ts';
import type { Variable } from '../model/app.ts';
import { withSecrets } from '../sensitive/secret-placeholders.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, serviceLabels } from './metadata.ts';
import type { DraftRecord, Sourced } from './sourced.ts';
import { from } from './sourced.ts';

/** `{service}-config` with the plain variables and `{service}-secrets` with the sensitive ones; neither when empty. */
export function emitEnvironmentSets(designed: DesignedService, context: EmitContext): readonly Sourced[] {
  const { sets } = designed;
  const { plain, secret, inline } = designed.environment;
  const hidden = inline.filter(({ fromSecret }) => fromSecret);
  const path = `${designed.service.path}/environment`;
  const labels = serviceLabels(designed, context);
  const objects: Sourced[] = [];
  if (plain.length > 0) {
    const data = record(
      plain,
      ({ name }) => name,
      (value) => value,
    );
    objects.push(
      from(path, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: metadata(sets.plain, context, labels),
        data,
      }),
    );
  }
  if (secret.length + hidden.length > 0) {
    const encode = (value: string): string => encodeBase64(withSecrets(value, context.design.placeholders));
    const data = { ...record(secret, ({ name }) => name, encode), ...record(hidden, ({ key }) => key, encode) };
    objects.push(
      from(path, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: metadata(sets.secret, context, labels),
        type: 'Opaque',
        data,
      }),
    );
  }
  return objects;
}

function record<V extends Variable>(
  variables: readonly V[],
  key: (variable: V) => string,
  value: (text: string) => string,
): DraftRecord {
  return Object.fromEntries(variables.map((variable) => [key(variable), from(variable.path, value(variable.value))]));
}
