import { rule } from '@ushadow/compose';

export const WORKLOAD_RULES = {
  CMP0501: rule<{ service: string; because: string }>({
    severity: 'info',
    title: 'Restart policy of a long-running service',
    message: ({ service, because }) =>
      `Service "${service}" says not to restart when it ends well, but ${because}; in the cluster it is always restarted.`,
    remedy:
      'For a one-shot service, write "deploy.mode: replicated-job", or let others wait for service_completed_successfully.',
  }),
  CMP0502: rule<{ service: string; other: string }>({
    severity: 'warning',
    title: 'Container to share with is not there',
    message: ({ service, other }) =>
      `Service "${service}" shares the network or processes of "${other}", which is not in the project; it gets a pod of its own.`,
    remedy: 'Name a service of the project.',
  }),
  CMP0503: rule<{ service: string }>({
    severity: 'warning',
    title: 'Job on every node is run once',
    message: ({ service }) => `Service "${service}" is to run once on every node; in the cluster it runs once.`,
    remedy: 'Use deploy.mode: global for a process that stays, or replicas with max_replicas_per_node.',
  }),
  CMP0504: rule<{ service: string; because: string }>({
    severity: 'info',
    title: 'Service is taken for a one-shot',
    message: ({ service, because }) => `Service "${service}" is run once, as a Job: ${because}.`,
    remedy: 'For a service that stays, add the label "kompose.controller.type: deployment".',
  }),
  CMP0505: rule<{ service: string }>({
    severity: 'info',
    title: 'Nothing runs on the nodes',
    message: ({ service }) =>
      `Service "${service}" is to run on every node, with no replicas: nothing runs, and a Deployment of none stands for it.`,
    remedy: 'Remove the number of replicas to run it on every node.',
  }),
  CMP0506: rule<{ service: string; host: string }>({
    severity: 'warning',
    title: 'One-shot service in a pod that stays',
    message: ({ service, host }) =>
      `Service "${service}" ends, but runs in the pod of "${host}", which stays: it is started again and again.`,
    remedy: ({ host }) =>
      `Let a service of that pod wait for service_completed_successfully, or run it without the network of "${host}".`,
  }),
  CMP0507: rule<{ service: string; other: string; key: string }>({
    severity: 'warning',
    title: 'More is shared than asked for',
    message: ({ service, other, key }) =>
      `Service "${service}" shares "${key}" with "${other}", for which both have to be in one pod: they share the network as well.`,
    remedy:
      'Let them listen on different ports; do without the sharing where they must not reach each other by localhost.',
  }),
  CMP0508: rule<{ service: string; key: string }>({
    severity: 'warning',
    title: 'Entry point or command of the image stays',
    message: ({ service, key }) =>
      `Service "${service}" takes the ${key} of its image away, which Kubernetes cannot; the image runs as it is.`,
    remedy: 'Write the whole command that is to run as "entrypoint:".',
  }),
  CMP0601: rule<{ cycle: string }>({
    severity: 'error',
    title: 'Services wait for each other in a circle',
    message: ({ cycle }) => `Services wait for each other in a circle: ${cycle}.`,
    remedy: 'Remove one of these depends_on entries.',
  }),
  CMP0602: rule<{ service: string; missing: string }>({
    severity: 'error',
    title: 'Dependency is not there',
    message: ({ service, missing }) =>
      `Service "${service}" depends on "${missing}", which is not in the project or not switched on.`,
    remedy: 'Switch its profile on, or add "required: false".',
  }),
  CMP0603: rule<{ service: string; missing: string }>({
    severity: 'warning',
    title: 'Dependency is not waited for',
    message: ({ service, missing }) =>
      `Service "${service}" depends on "${missing}", which is not in the project or not switched on; nothing waits for it.`,
    remedy: 'Deploy it first, or point the service at one that runs already.',
  }),
  CMP0701: rule<{ service: string }>({
    severity: 'warning',
    title: 'Health check of the image is unknown',
    message: ({ service }) =>
      `The health check of service "${service}" has times but no test: the test is in the image, which the cluster does not look at.`,
    remedy: 'Write the test into the Compose file.',
  }),
  CMP0702: rule<{ service: string }>({
    severity: 'info',
    title: 'Health check of a one-shot service',
    message: ({ service }) => `Service "${service}" runs to its end, so its health check is left out.`,
    remedy: 'Nothing to do.',
  }),
  CMP0704: rule<{ service: string; path: string }>({
    severity: 'error',
    title: 'No port for the health check path',
    message: ({ service, path }) =>
      `The health check path "${path}" of service "${service}" needs a TCP port, and none is known.`,
    remedy: 'Add the port to "expose:", or leave the path out.',
  }),
  CMP0705: rule<{ service: string }>({
    severity: 'info',
    title: 'Health check asks its own container',
    message: ({ service }) =>
      `The health check of service "${service}" calls the service by a name that leads to pods that are ready already; it asks "localhost" instead.`,
    remedy: 'Nothing to do if the service listens on all addresses.',
  }),
  CMP0801: rule<{ service: string; resource: string; request: string; limit: string }>({
    severity: 'warning',
    title: 'More is requested than allowed',
    message: ({ service, resource, request, limit }) =>
      `Service "${service}" reserves ${request} of ${resource} but is limited to ${limit}; it gets the limit.`,
    remedy: 'Lower the reservation or raise the limit.',
  }),
  CMP0804: rule<{ service: string; constraint: string }>({
    severity: 'warning',
    title: 'Placement constraint is not carried over',
    message: ({ service, constraint }) =>
      `The placement constraint "${constraint}" of service "${service}" has no counterpart: no node label can match it.`,
    remedy: 'Constrain by node.hostname or node.labels, or give a node selector when deploying.',
  }),
  CMP0805: rule<{ service: string; constraint: string }>({
    severity: 'info',
    title: 'Node role is the control plane',
    message: ({ service, constraint }) =>
      `The constraint "${constraint}" of service "${service}" is read as the control-plane role; managed clusters have no such nodes.`,
    remedy: 'Use a label of your nodes instead.',
  }),
  CMP0802: rule<{ service: string; resource: string; quantity: string }>({
    severity: 'error',
    title: 'Quantity is not valid',
    message: ({ service, resource, quantity }) =>
      `Service "${service}" is to get ${JSON.stringify(quantity)} of ${resource}, which is no quantity.`,
    remedy: 'Write it like 500m, 2, 256Mi or 1Gi.',
  }),
  CMP0806: rule<{ service: string; resource: string }>({
    severity: 'warning',
    title: 'Autoscaler has nothing to count against',
    message: ({ service, resource }) => `Service "${service}" is scaled by its use of ${resource}, but requests none.`,
    remedy: 'Give it a reservation, or scale by an amount.',
  }),
  CMP0807: rule<{ service: string; because: string }>({
    severity: 'info',
    title: 'Order of the update does not apply',
    message: ({ service, because }) => `"update_config" of service "${service}" does not apply as written: ${because}.`,
    remedy: 'Nothing to do, unless the service must never be away.',
  }),
  CMP0811: rule<{ service: string; reasons: string }>({
    severity: 'info',
    title: 'Pod needs the rights of the node',
    message: ({ service, reasons }) =>
      `Service "${service}" needs a namespace at Pod Security level "privileged": ${reasons}.`,
    remedy:
      'Nothing to do, unless the namespace enforces a stricter level: then do without, or have its label changed.',
  }),
  CMP0812: rule<{ service: string; user: string; unknown: string }>({
    severity: 'warning',
    title: 'User is given by name',
    message: ({ service, user, unknown }) =>
      `Service "${service}" runs as "${user}"; Kubernetes takes numbers only, and only the image knows that of "${unknown}", so there its own is kept.`,
    remedy: 'Write the number of the user, and of the group after a colon.',
  }),
  CMP0813: rule<{ service: string; group: string }>({
    severity: 'warning',
    title: 'Group is given by name',
    message: ({ service, group }) =>
      `Service "${service}" is to be in group "${group}"; Kubernetes takes numbers only, so it is left out.`,
    remedy: 'Write the number of the group.',
  }),
  CMP0814: rule<{ service: string; option: string }>({
    severity: 'warning',
    title: 'Security option is not carried over',
    message: ({ service, option }) =>
      `The security option "${option}" of service "${service}" has no field in Kubernetes.`,
    remedy: 'Set a profile that the nodes have with an x-k8s patch.',
  }),
  CMP0970: rule<{ service: string; option: string }>({
    severity: 'warning',
    title: 'All of /proc is shown only to pods with users of their own',
    message: ({ service, option }) =>
      `The security option "${option}" of service "${service}" is left out: Kubernetes unmasks /proc only in pods that have users of their own, or are privileged.`,
    remedy:
      'Where it is needed and the nodes can, patch "hostUsers: false" and "procMount: Unmasked" with x-k8s; write "privileged: true" otherwise.',
  }),
  CMP0815: rule<{ service: string; key: string; value: string }>({
    severity: 'warning',
    title: 'Value is nothing that a pod takes',
    message: ({ service, key, value }) =>
      `"${value}" in ${key} of service "${service}" is nothing that a pod takes; it is left out.`,
    remedy: 'Correct it, or set what the cluster calls it with an x-k8s patch.',
  }),
  CMP0816: rule<{ service: string; key: string; what: string }>({
    severity: 'warning',
    title: 'Pod needs what not every cluster has',
    message: ({ service, key, what }) =>
      `Service "${service}" (${key.replace(/\/\d+$/, '')}) runs only where the cluster has ${what}.`,
    remedy: 'Nothing to do where it has; remove the key otherwise.',
  }),
  CMP1220: rule<{ service: string; model: string; variables: string }>({
    severity: 'warning',
    title: 'Model is run by Docker',
    message: ({ service, model, variables }) =>
      `Service "${service}" uses the model "${model}", which Docker runs; a cluster does not, so ${variables} are not set.`,
    remedy: ({ variables }) =>
      `Run a model server in the cluster, and set ${variables} in the environment of the service.`,
  }),
  CMP1221: rule<{ service: string }>({
    severity: 'warning',
    title: 'Step before the start runs for each replica',
    message: ({ service }) =>
      `The pre_start steps of service "${service}" run once for all replicas under Compose; in the cluster they run before each of them.`,
    remedy:
      'Write per_replica: true if that is meant; else make the step a service that this one waits for with service_completed_successfully.',
  }),
  CMP1222: rule<{ service: string; target: string; options: string }>({
    severity: 'info',
    title: 'Scratch space is open to all of the pod',
    message: ({ service, target, options }) =>
      `"${target}" of service "${service}" is scratch space in memory of its size, which every user may write to; ${options} has no field.`,
    remedy: 'Change owner and mode in the entry point or a pre_start step where they matter.',
  }),
  CMP1223: rule<{ service: string; names: string }>({
    severity: 'warning',
    title: 'Kernel parameter is not allowed everywhere',
    message: ({ service, names }) =>
      `Service "${service}" sets ${names}, which a node refuses unless its kubelet allows it; the pod does not start there.`,
    remedy: 'Have them allowed by --allowed-unsafe-sysctls on the nodes, or do without.',
  }),
  CMP1224: rule<{ service: string; policy: string }>({
    severity: 'info',
    title: 'Image is pulled at each start',
    message: ({ service, policy }) =>
      `The kubelet cannot pull by age (${policy}): the image of service "${service}" is asked for each time a pod starts.`,
    remedy: 'Nothing to do; write pull_policy: missing where an image that is there is good enough.',
  }),
  CMP0803: rule<{ service: string; resource: string }>({
    severity: 'warning',
    title: 'All GPUs cannot be asked for',
    message: ({ service, resource }) =>
      `Service "${service}" asks for all GPUs; in the cluster it gets one (${resource}: 1).`,
    remedy: 'Name a count.',
  }),
};
