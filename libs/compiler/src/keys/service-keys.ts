import type { KeyTable } from './key-verdict.ts';
import { approximated, decides, dropped, mapped, needless, needlessOnce } from './key-verdict.ts';

const NODE_CPU = 'Kubernetes has no field for it; the kubelet decides how CPU time is shared.';
const USE_LIMITS = 'Use deploy.resources limits and reservations.';
const POD_ADDRESS = 'Addresses of pods are given by the cluster.';
const USE_NAMES = 'Let other services use the service name instead of an address.';
const FILE_OWNER =
  'The file belongs to root; the user who runs can read it by a group of the pod, or as everyone where only the image knows that user.';
const BUILD_ONLY = 'It concerns building the image, which is not part of the manifests.';

/** Keys of a service that are about the container and what runs in it. */
export const CONTAINER_KEYS: KeyTable = {
  image: mapped,
  build: needless(BUILD_ONLY, 'Build and push the image before deploying.'),
  command: mapped,
  entrypoint: mapped,
  working_dir: mapped,
  tty: decides,
  stdin_open: mapped,
  environment: decides,
  env_file: decides,
  container_name: decides,
  hostname: decides,
  domainname: approximated(
    'It becomes the subdomain of the pod, which resolves only below a headless Service of that name.',
  ),
  platform: decides,
  runtime: decides,
  pull_policy: mapped,
  pull_refresh_after: dropped('The kubelet cannot pull by age.', 'Use pull_policy: always, or deploy a new tag.'),
  init: dropped(
    'Kubernetes has no init process to add to a container.',
    'Use an image with an init such as tini, or share the process namespace with an x-k8s patch.',
  ),
  isolation: needless('It concerns Windows containers of Docker.', 'Set windowsOptions with an x-k8s patch.'),
  credential_spec: dropped(
    'It concerns Windows containers of Docker.',
    'Set windowsOptions.gmsaCredentialSpec with an x-k8s patch.',
  ),
  attach: needless('It concerns the output of docker compose up.'),
  develop: needless('It concerns docker compose watch.'),
  use_api_socket: dropped(
    'There is no Docker engine in the cluster to reach, so what asks one does not work.',
    'Use the Kubernetes API with a service account.',
  ),
  provider: dropped(
    'The service is provided by a plug-in of Docker Compose, so it is left out, with the variables that it gives to others.',
    'Provide the service in the cluster under the same name, and set its variables.',
  ),
  extends: decides,
  profiles: decides,
  label_file: decides,
  labels: decides,
  annotations: decides,
  logging: needlessOnce(
    'Logs of pods are collected by the cluster, not by a logging driver.',
    'Set up log collection in the cluster if there is none.',
  ),
  models: decides,
};

export const LIFECYCLE_KEYS: KeyTable = {
  restart: decides,
  stop_grace_period: decides,
  stop_signal: dropped(
    'The cluster sends the signal that the image names, or SIGTERM.',
    'Set STOPSIGNAL in the image, or stop the process in a pre_stop hook.',
  ),
  depends_on: decides,
  'depends_on.*.restart': decides,
  'depends_on.*.required': decides,
  links: decides,
  external_links: dropped(
    'The container it names is outside of the project.',
    'Create a Service of that name, or an ExternalName Service.',
  ),
  pre_start: mapped,
  'pre_start.*.per_replica': decides,
  post_start: mapped,
  'post_start.*.user': dropped('Hooks run as the user of the container.', 'Change the user inside the command.'),
  'post_start.*.privileged': dropped(
    'Hooks run with the rights of the container.',
    'Give the container what the hook needs.',
  ),
  'post_start.*.working_dir': mapped,
  'post_start.*.environment': mapped,
  pre_stop: mapped,
  'pre_stop.*.user': dropped('Hooks run as the user of the container.', 'Change the user inside the command.'),
  'pre_stop.*.privileged': dropped(
    'Hooks run with the rights of the container.',
    'Give the container what the hook needs.',
  ),
  'pre_stop.*.working_dir': mapped,
  'pre_stop.*.environment': mapped,
  healthcheck: decides,
  'healthcheck.start_period': approximated(
    'A readiness probe needs no start period: failures while starting only mean "not ready yet".',
  ),
  'healthcheck.start_interval': approximated('A readiness probe has one period, which is the interval.'),
};

export const NETWORK_KEYS: KeyTable = {
  ports: mapped,
  'ports.*.host_ip': approximated(
    'Addresses of the machine do not exist in the cluster; loopback bindings are never opened outward.',
  ),
  'ports.*.published': approximated(
    'The port in the cluster is the container port; the published one belongs to what is opened outward.',
  ),
  'ports.*.mode': decides,
  expose: decides,
  network_mode: decides,
  networks: decides,
  'networks.*.aliases': decides,
  'networks.*.ipv4_address': dropped(POD_ADDRESS, USE_NAMES),
  'networks.*.ipv6_address': dropped(POD_ADDRESS, USE_NAMES),
  'networks.*.link_local_ips': dropped(POD_ADDRESS, USE_NAMES),
  'networks.*.mac_address': dropped('Hardware addresses of pods are given by the cluster.', 'Remove it.'),
  'networks.*.driver_opts': needless('The network of the cluster has no such options.', 'Remove it.'),
  'networks.*.interface_name': dropped('A pod has one interface, named by the cluster.', 'Remove it.'),
  'networks.*.priority': needless('A pod has one network.'),
  'networks.*.gw_priority': needless('A pod has one network.'),
  mac_address: dropped('Hardware addresses of pods are given by the cluster.', 'Remove it.'),
  extra_hosts: mapped,
  dns: approximated('The servers are asked beside the DNS of the cluster.'),
  dns_search: mapped,
  dns_opt: mapped,
};

export const STORAGE_KEYS: KeyTable = {
  volumes: mapped,
  'volumes.*.consistency': needless('It concerns Docker Desktop.'),
  'volumes.*.bind.selinux': needless('The kubelet labels volumes itself.'),
  'volumes.*.bind.create_host_path': needless('Nothing is created on the machine.'),
  'volumes.*.bind.recursive': needless("Mounts below a mount are the container runtime's matter."),
  'volumes.*.volume.nocopy': mapped,
  'volumes.*.volume.labels': dropped(
    'Labels of an anonymous volume have nowhere to go.',
    'Name the volume and label it at the top level.',
  ),
  'volumes.*.tmpfs.mode': decides,
  volumes_from: decides,
  tmpfs: mapped,
  shm_size: approximated('The shared memory counts against the memory limit.'),
  configs: mapped,
  'configs.*.uid': approximated(FILE_OWNER),
  'configs.*.gid': approximated(FILE_OWNER),
  secrets: mapped,
  'secrets.*.uid': approximated(FILE_OWNER),
  'secrets.*.gid': approximated(FILE_OWNER),
  storage_opt: dropped('Only size is carried over, as a limit on ephemeral storage.', 'Remove the other options.'),
  'storage_opt.size': mapped,
};

export const SECURITY_KEYS: KeyTable = {
  user: mapped,
  group_add: mapped,
  privileged: decides,
  cap_add: mapped,
  cap_drop: mapped,
  read_only: mapped,
  security_opt: decides,
  sysctls: mapped,
  ulimits: dropped(
    'Kubernetes has no field for them; pods get the limits of the container runtime.',
    "Set them in the runtime's configuration, or call ulimit in the entry point.",
  ),
  userns_mode: decides,
  pid: decides,
  ipc: decides,
  uts: needless('Kubernetes has no field for it.', 'Remove it.'),
  cgroup: needless('Control groups are managed by the kubelet.', 'Remove it.'),
  cgroup_parent: needless('Control groups are managed by the kubelet.', 'Remove it.'),
  devices: approximated(
    'Devices are mounted from the node, which needs a privileged container; a device plug-in is the cleaner way.',
  ),
  device_cgroup_rules: dropped('Control groups are managed by the kubelet.', 'Use a device plug-in.'),
  gpus: mapped,
};

export const RESOURCE_KEYS: KeyTable = {
  mem_limit: mapped,
  mem_reservation: mapped,
  memswap_limit: needless('Swap is configured on the node.', 'Remove it, or configure swap in the kubelet.'),
  mem_swappiness: needless('Swap is configured on the node.', 'Remove it, or configure swap in the kubelet.'),
  oom_kill_disable: needless(
    'The kubelet decides who is killed when memory runs out.',
    'Give the container a memory request and limit.',
  ),
  oom_score_adj: needless(
    'The kubelet decides who is killed when memory runs out.',
    'Use requests equal to limits to be killed last.',
  ),
  pids_limit: needless(
    'The number of processes is limited by the kubelet (podPidsLimit).',
    'Set podPidsLimit on the nodes.',
  ),
  cpus: mapped,
  cpu_count: approximated('It becomes a CPU limit.'),
  cpu_shares: approximated('It becomes a CPU request: 1024 shares ask for one core.'),
  cpu_quota: approximated('It becomes a CPU limit of quota divided by period.'),
  cpu_period: approximated('It becomes a CPU limit of quota divided by period.'),
  cpu_percent: needless(NODE_CPU, USE_LIMITS),
  cpu_rt_period: needless(NODE_CPU, USE_LIMITS),
  cpu_rt_runtime: needless(NODE_CPU, USE_LIMITS),
  cpuset: needless(
    "Cores are assigned by the kubelet's CPU manager.",
    'Use whole-core requests equal to limits with the static CPU manager policy.',
  ),
  blkio_config: needless('Kubernetes cannot limit disk bandwidth.', 'Remove it, or use a storage class with limits.'),
  scale: decides,
};

const ROLLBACK = 'A failed rollout is rolled back by the deployment, not by the manifests.';

export const DEPLOY_KEYS: KeyTable = {
  deploy: decides,
  'deploy.mode': decides,
  'deploy.replicas': decides,
  'deploy.labels': decides,
  'deploy.endpoint_mode': decides,
  'deploy.resources': mapped,
  'deploy.resources.limits.pids': needless(
    'The number of processes is limited by the kubelet (podPidsLimit).',
    'Set podPidsLimit on the nodes.',
  ),
  'deploy.resources.reservations.devices': approximated(
    'GPUs become extended resources; other devices need a device plug-in.',
  ),
  'deploy.resources.reservations.devices.*.options': dropped(
    'Device plug-ins take no options.',
    'Choose nodes by label instead.',
  ),
  'deploy.resources.reservations.generic_resources': dropped(
    'They have no counterpart by name.',
    'Name an extended resource in the deployment spec.',
  ),
  'deploy.restart_policy': decides,
  'deploy.restart_policy.condition': decides,
  'deploy.restart_policy.max_attempts': approximated(
    'It limits the attempts of one-shot services; others restart for ever, with growing pauses.',
  ),
  'deploy.restart_policy.delay': needless('Pauses between restarts are chosen by the kubelet.', 'Remove it.'),
  'deploy.restart_policy.window': needless('Pauses between restarts are chosen by the kubelet.', 'Remove it.'),
  'deploy.update_config': decides,
  'deploy.update_config.failure_action': needless(ROLLBACK),
  'deploy.update_config.max_failure_ratio': needless(
    'A rollout stops at the first replica that does not get ready.',
    'Remove it.',
  ),
  'deploy.rollback_config': needless(ROLLBACK),
  'deploy.placement': decides,
  'deploy.placement.constraints': decides,
  'deploy.placement.preferences': decides,
  'deploy.placement.max_replicas_per_node': decides,
};
