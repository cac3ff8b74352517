import { rule } from '@ushadow/compose';

export const LABEL_RULES = {
  CMP1101: rule<{ service: string; label: string; nearest: string }>({
    severity: 'warning',
    title: 'Label is misspelt',
    message: ({ service, label, nearest }) =>
      `Label "${label}" of service "${service}" is not known; did you mean "${nearest}"?`,
    remedy: ({ nearest }) => `Write "${nearest}".`,
  }),
  CMP1102: rule<{ service: string; label: string }>({
    severity: 'warning',
    title: 'Label is not known',
    message: ({ service, label }) =>
      `Label "${label}" of service "${service}" begins like a label of kompose but is none.`,
    remedy: 'Remove it.',
  }),
  CMP1103: rule<{ service: string; label: string; value: string }>({
    severity: 'warning',
    title: 'Label has no usable value',
    message: ({ service, label, value }) => `Label "${label}" of service "${service}" cannot be "${value}".`,
    remedy: 'See the labels of kompose for the values it takes; labels that add to another one need that one as well.',
  }),
};
