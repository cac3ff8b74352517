import type { KeyTable } from './key-verdict.ts';
import { approximated, decides, dropped, mapped, needless } from './key-verdict.ts';

const CLUSTER_NETWORK = 'Pods share one network, which the cluster set up.';
const DRIVER = 'Drivers of Swarm do not exist in the cluster.';

export const TOP_LEVEL_KEYS: KeyTable = {
  name: decides,
  version: needless('It has no meaning any more.'),
  include: decides,
  services: decides,
  networks: decides,
  'networks.*.name': decides,
  'networks.*.driver': needless(CLUSTER_NETWORK),
  'networks.*.driver_opts': needless(CLUSTER_NETWORK),
  'networks.*.ipam': needless(CLUSTER_NETWORK),
  'networks.*.attachable': needless(CLUSTER_NETWORK),
  'networks.*.enable_ipv4': needless(CLUSTER_NETWORK),
  'networks.*.enable_ipv6': decides,
  'networks.*.internal': approximated(
    'Traffic is cut off only when network policies are asked for and the cluster enforces them.',
  ),
  'networks.*.external': approximated(
    'Services of other projects are reached by name and namespace, without a network.',
  ),
  'networks.*.labels': needless('There is no object for a network.'),
  volumes: decides,
  'volumes.*.driver': approximated('The storage class takes the place of the driver.'),
  'volumes.*.driver_opts': approximated(
    'nfs, tmpfs and bind options are carried over; others belong to the storage class.',
  ),
  'volumes.*.name': decides,
  'volumes.*.external': decides,
  'volumes.*.labels': decides,
  configs: decides,
  'configs.*.name': decides,
  'configs.*.content': mapped,
  'configs.*.environment': mapped,
  'configs.*.file': mapped,
  'configs.*.external': decides,
  'configs.*.labels': decides,
  'configs.*.template_driver': dropped('Templates are filled in by Swarm.', 'Fill the template in before deploying.'),
  secrets: decides,
  'secrets.*.name': decides,
  'secrets.*.environment': mapped,
  'secrets.*.file': mapped,
  'secrets.*.external': decides,
  'secrets.*.labels': decides,
  'secrets.*.driver': dropped(DRIVER, 'Use an operator for external secrets.'),
  'secrets.*.driver_opts': dropped(DRIVER, 'Use an operator for external secrets.'),
  'secrets.*.template_driver': dropped('Templates are filled in by Swarm.', 'Fill the template in before deploying.'),
  models: decides,
  'models.*': decides,
  jobs: dropped(
    'Jobs of the file are started by hand with docker compose.',
    'Make it a service with restart: "no", which becomes a Job.',
  ),
  'jobs.*': dropped(
    'Jobs of the file are started by hand with docker compose.',
    'Make it a service with restart: "no", which becomes a Job.',
  ),
};
