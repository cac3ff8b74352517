import type { KubernetesApiError } from '@ushadow/kubernetes';
import type { Evidence } from '@ushadow/diagnose';

/** Texts in which the server names fields outside of its list of causes. Pinned against kube-apiserver 1.37. */
const IN_TEXT: readonly RegExp[] = [
  /(?<path>\.[^\s:]+): (?<why>field not declared in schema)/g,
  /(?<path>\.[^\s:]+): (?<why>duplicate entries for key (?<key>\[[^\]]+\]))/g,
  /(?<why>unknown field) "(?<path>[^"]+)"/g,
  /(?<why>duplicate field) "(?<path>[^"]+)"/g,
];

/** Each field that an answer of the API server complains of, with what it says about it. */
export function fieldsIn(error: KubernetesApiError): Evidence[] {
  const inText = IN_TEXT.flatMap((pattern) =>
    [...error.message.matchAll(pattern)].map(({ groups = {} }) => {
      const { path = '', key = '', why = '' } = groups;
      return toEvidence(`${path.replace(/^\./, '')}${key}`, why);
    }),
  );
  return [...error.causes.map(({ field = '', message }) => toEvidence(field, message)), ...inText];
}

function toEvidence(field: string, value: string): Evidence {
  return { kind: 'field', path: field, value, ...(field === '' ? {} : { field }) };
}
