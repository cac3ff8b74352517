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
  CMP1111: rule<{ target: string }>({
    severity: 'error',
    title: 'Nothing to patch',
    message: ({ target }) => `No object fits "${target}" of x-k8s.`,
    remedy: 'Name a kind that is made for the service, or KIND/NAME.',
  }),
  CMP1112: rule<{ target: string; reason: string }>({
    severity: 'error',
    title: 'Patch cannot be applied',
    message: ({ target, reason }) => `The patch of "${target}" in x-k8s cannot be applied: ${reason}.`,
    remedy: 'Correct the patch: a mapping is merged as kubectl does, a list is a JSON patch.',
  }),
  CMP1201: rule<{ object: string; pointer: string; message: string }>({
    severity: 'error',
    title: 'Kubernetes would refuse the object',
    message: ({ object, pointer, message }) => `${object}${pointer === '' ? '' : ` at ${pointer}`}: ${message}.`,
    remedy: 'Correct the value in the Compose file, in the deployment spec or in the patch it comes from.',
  }),
  CMP1202: rule<{ version: string; known: string }>({
    severity: 'warning',
    title: 'Kubernetes version is not known',
    message: ({ version, known }) => `Kubernetes ${version} is not known here; objects are checked against ${known}.`,
    remedy: ({ known }) => `Nothing to do if the cluster takes what ${known} takes.`,
  }),
  CMP1103: rule<{ service: string; label: string; value: string }>({
    severity: 'warning',
    title: 'Label has no usable value',
    message: ({ service, label, value }) => `Label "${label}" of service "${service}" cannot be "${value}".`,
    remedy: 'See the labels of kompose for the values it takes; labels that add to another one need that one as well.',
  }),
};
