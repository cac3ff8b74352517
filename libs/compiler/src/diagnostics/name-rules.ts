import { rule } from '@ushadow/compose';

export const NAME_RULES = {
  CMP0101: rule<{ service: string; name: string }>({
    severity: 'info',
    title: 'Name written in lower case',
    message: ({ service, name }) =>
      `Service "${service}" is called "${name}" in the cluster, where names are lower case.`,
    remedy: 'Nothing to do: name resolution ignores case.',
  }),
  CMP0102: rule<{ service: string; name: string }>({
    severity: 'warning',
    title: 'Name had to be changed',
    message: ({ service, name }) =>
      `Service "${service}" is called "${name}" in the cluster: Kubernetes allows letters, digits and hyphens, a letter first and at most 63 characters.`,
    remedy: ({ service, name }) =>
      `Services that call "${service}" by name must call "${name}"; or rename the service.`,
  }),
  CMP0103: rule<{ service: string; alias: string }>({
    severity: 'warning',
    title: 'Alias cannot be a name in the cluster',
    message: ({ service, alias }) =>
      `The name "${alias}" of service "${service}" cannot be resolved in the cluster: Kubernetes allows letters, digits and hyphens, a letter first and at most 63 characters.`,
    remedy: ({ service }) => `Use the name "${service}" instead.`,
  }),
  CMP0105: rule<{ service: string; alias: string; owner: string }>({
    severity: 'info',
    title: 'Name is shared by several services',
    message: ({ service, alias, owner }) =>
      `The name "${alias}" belongs to service "${owner}" and is an alias of service "${service}"; it leads to both.`,
    remedy: 'Choose another alias if that is not wanted.',
  }),
  CMP0106: rule<{ service: string }>({
    severity: 'error',
    title: 'Service to compile is not in the project',
    message: ({ service }) => `There is no service "${service}" in the project.`,
    remedy: 'Name a service of the project.',
  }),
  CMP0107: rule<{ namespace: string }>({
    severity: 'error',
    title: 'Namespace is no valid name',
    message: ({ namespace }) => `"${namespace}" cannot be a namespace.`,
    remedy: 'Use lower-case letters, digits and hyphens, at most 63 characters.',
  }),
  CMP0108: rule<{ service: string; alias: string }>({
    severity: 'info',
    title: 'Unused alias cannot be a name in the cluster',
    message: ({ service, alias }) =>
      `The name "${alias}" of service "${service}" cannot be resolved in the cluster; nothing seen here calls it.`,
    remedy: ({ service }) => `Use the name "${service}" instead.`,
  }),
  CMP0109: rule<{ service: string; key: string; value: string }>({
    severity: 'warning',
    title: 'Name of the container cannot be kept',
    message: ({ service, key, value }) =>
      `The ${key} "${value}" of service "${service}" is no name a pod can have; it is left out.`,
    remedy: 'Use one label of letters, digits and hyphens.',
  }),
  CMP0110: rule<{ service: string; source: string; files: string }>({
    severity: 'warning',
    title: 'File cannot be called so in the cluster',
    message: ({ service, source, files }) =>
      `Service "${service}" mounts "${source}" without ${files}: in the cluster no file of a mount begins with two dots.`,
    remedy: 'Rename the file.',
  }),
  CMP0451: rule<{ service: string; where: string; name: string; endpoint: string }>({
    severity: 'warning',
    title: 'Called by a name that the cluster cannot have',
    message: ({ service, where, name, endpoint }) =>
      `Service "${service}" calls "${name}" in its ${where}; in the cluster only "${endpoint}" leads there.`,
    remedy: ({ name, endpoint }) =>
      `Write "${endpoint}" there, and give what is called "${name}" the network alias "${endpoint}", so that it holds under Compose as well.`,
  }),
  CMP0201: rule<{ service: string }>({
    severity: 'error',
    title: 'Service has no image',
    message: ({ service }) =>
      `Service "${service}" has neither an image nor a build section, so there is nothing to run.`,
    remedy: 'Add "image:".',
  }),
  CMP0202: rule<{ service: string; image: string }>({
    severity: 'warning',
    title: 'Image reference is not valid',
    message: ({ service, image }) => `Service "${service}" names the image "${image}", which no registry can have.`,
    remedy: 'Write it as [registry/]name[:tag][@digest], the name in lower case.',
  }),
  CMP0203: rule<{ service: string; image: string }>({
    severity: 'warning',
    title: 'Image is only built',
    message: ({ service, image }) =>
      `Service "${service}" is built and names no image; the cluster is told to pull "${image}".`,
    remedy: 'Build and push the image, and name it with "image:" or set a prefix for built images.',
  }),
  CMP0204: rule<{ service: string; image: string }>({
    severity: 'warning',
    title: 'Image is never pulled',
    message: ({ service, image }) =>
      `Service "${service}" has pull_policy "never": it runs only on nodes that have "${image}" already.`,
    remedy: 'Push the image to a registry that the cluster reaches and let it be pulled, or load it on the nodes.',
  }),
  CMP0205: rule<{ service: string; image: string }>({
    severity: 'warning',
    title: 'Image is built each time',
    message: ({ service, image }) =>
      `Compose builds "${image}" for service "${service}" each time; the cluster pulls what a registry has under that name.`,
    remedy: 'Build and push the image, under a name of your own, before deploying.',
  }),
};
