import { encodeBase64 } from '@ushadow/kubernetes';
import type { PlannedService } from '../model/plan.ts';
import type { Variable } from '../model/app.ts';
import { unveiled } from '../sensitive/veil.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, serviceLabels } from './metadata.ts';
import type { DraftRecord, Sourced } from './sourced.ts';
import { from } from './sourced.ts';

/** `{service}-config` with the plain variables and `{service}-secrets` with the sensitive ones; neither when empty. */
export function emitEnvironmentSets(planned: PlannedService, context: EmitContext): readonly Sourced[] {
  const { sets } = planned;
  const { plain, secret, inline } = planned.environment;
  const hidden = inline.filter(({ fromSecret }) => fromSecret);
  const path = `${planned.service.path}/environment`;
  const labels = serviceLabels(planned, context);
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
    const encode = (value: string): string => encodeBase64(unveiled(value, context.plan.veil));
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
