import { encodeBase64 } from '@ushadow/kubernetes';
import type { FileSet } from '../model/plan.ts';
import { unveiled } from '../sensitive/veil.ts';
import type { EmitContext } from './emit-context.ts';
import { metadata, projectLabels, serviceLabels, userLabels } from './metadata.ts';
import type { DraftRecord, Sourced } from './sourced.ts';
import { from } from './sourced.ts';

/** Files as a ConfigMap, text and binary apart, or as a Secret. */
export function emitFileSet(set: FileSet, context: EmitContext): Sourced {
  const owner = set.owner === undefined ? undefined : context.byName.get(set.owner);
  const labels = {
    ...userLabels(set.labels),
    ...(owner === undefined ? projectLabels(context) : serviceLabels(owner, context)),
  };
  const base = {
    apiVersion: 'v1',
    kind: set.secret ? 'Secret' : 'ConfigMap',
    metadata: metadata(set.name, context, labels),
  };
  const encode = (content: Content): string =>
    encodeBase64(typeof content === 'string' ? unveiled(content, context.plan.veil) : content);
  if (set.secret) return from(set.path, { ...base, type: 'Opaque', data: entries(set, () => true, encode) });
  return from(set.path, {
    ...base,
    data: entries(set, (content) => typeof content === 'string', String),
    binaryData: entries(set, (content) => typeof content !== 'string', encodeBase64),
  });
}

type Content = string | Uint8Array;

function entries(
  set: FileSet,
  wanted: (content: Content) => boolean,
  write: (content: Content) => string,
): DraftRecord | undefined {
  const some = set.entries.filter(({ content }) => wanted(content));
  return some.length === 0 ? undefined : Object.fromEntries(some.map(({ key, content }) => [key, write(content)]));
}
