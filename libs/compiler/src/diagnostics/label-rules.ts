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
  CMP1210: rule<{ version: string; known: string }>({
    severity: 'info',
    title: 'Cluster is newer than what is known here',
    message: ({ version, known }) => `The cluster runs Kubernetes ${version}; objects are checked against ${known}.`,
    remedy: 'Nothing to do: what a release takes, the next ones take as well.',
  }),
  CMP1211: rule<{ version: string; known: string }>({
    severity: 'warning',
    title: 'Cluster is older than what is known here',
    message: ({ version, known }) =>
      `The cluster runs Kubernetes ${version}, which is not maintained any more; objects are checked against ${known}, and by what is known of older ones.`,
    remedy: 'Bring the cluster up to date where it refuses something.',
  }),
  CMP1212: rule<{ what: string; version: string; since: string }>({
    severity: 'error',
    title: 'Cluster does not have the feature',
    message: ({ what, version }) => `Kubernetes ${version}, which the cluster runs, does not have ${what}.`,
    remedy: ({ since }) => `Bring the cluster to ${since}, or do without.`,
  }),
  CMP1213: rule<{ what: string; version: string; since: string }>({
    severity: 'warning',
    title: 'Feature is off in the cluster unless somebody switched it on',
    message: ({ what, version, since }) =>
      `Kubernetes ${version}, which the cluster runs, has ${what} only behind a feature gate; from ${since} they are there without.`,
    remedy: ({ since }) => `Bring the cluster to ${since}, or have the gate switched on; do without otherwise.`,
  }),
  CMP1103: rule<{ service: string; label: string; value: string }>({
    severity: 'warning',
    title: 'Label has no usable value',
    message: ({ service, label, value }) => `Label "${label}" of service "${service}" cannot be "${value}".`,
    remedy: 'See the labels of kompose for the values it takes; labels that add to another one need that one as well.',
  }),
};
