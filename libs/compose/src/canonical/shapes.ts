/**
 * What each key of the canonical project is. The decoder follows this table, so it is also the list of all keys.
 * A value that is empty in the sense of its shape is left out, unless the shape is marked as kept.
 */
export type Shape =
  | 'text'
  | 'boolean'
  | 'boolean or nothing'
  | 'integer'
  | 'integer or nothing'
  | 'natural'
  | 'natural or nothing'
  | 'number'
  | 'single'
  | 'bytes'
  | 'duration'
  | 'duration or nothing'
  | 'mode'
  | 'octal integer'
  | 'texts'
  | 'text or texts'
  | 'texts of anything'
  | 'command'
  | 'test'
  | 'labels'
  | 'mapping'
  | 'environment'
  | 'options'
  | 'multi options'
  | 'hosts'
  | 'ssh'
  | 'ulimit'
  | 'count'
  | 'opt-out'
  | 'kept boolean'
  | 'kept text'
  | 'kept integer'
  | 'kept bytes'
  | { readonly list: Shape }
  | { readonly entries: Shape; readonly nullable?: true }
  | { readonly fields: Fields; readonly kept?: true; readonly extensible?: false };

export type Fields = Readonly<Record<string, Shape>>;

const object = (fields: Fields): Shape => ({ fields });
/** Written even when it is empty. */
const keptObject = (fields: Fields): Shape => ({ fields, kept: true });
const list = (shape: Shape): Shape => ({ list: shape });

const FILE_GRANT = object({ source: 'text', target: 'text', uid: 'text', gid: 'text', mode: 'mode' });

const DEVICE_REQUEST = object({
  capabilities: 'texts',
  driver: 'text',
  count: 'count',
  device_ids: 'texts',
  options: 'mapping',
});

const THROTTLE = list(object({ path: 'kept text', rate: 'kept bytes' }));

const NETWORK_ATTACHMENT = keptObject({
  aliases: 'texts',
  driver_opts: 'options',
  gw_priority: 'integer',
  interface_name: 'text',
  ipv4_address: 'text',
  ipv6_address: 'text',
  link_local_ips: 'texts',
  mac_address: 'text',
  priority: 'integer',
});

const VOLUME_MOUNT = object({
  type: 'text',
  source: 'text',
  target: 'text',
  read_only: 'boolean',
  consistency: 'text',
  bind: keptObject({ selinux: 'text', propagation: 'text', create_host_path: 'opt-out', recursive: 'text' }),
  volume: keptObject({ labels: 'mapping', nocopy: 'boolean', subpath: 'text' }),
  tmpfs: keptObject({ size: 'bytes', mode: 'octal integer' }),
  image: keptObject({ subpath: 'text' }),
});

const CONTAINER: Fields = {
  annotations: 'mapping',
  blkio_config: keptObject({
    weight: 'integer',
    weight_device: list(object({ path: 'kept text', weight: 'kept integer' })),
    device_read_bps: THROTTLE,
    device_read_iops: THROTTLE,
    device_write_bps: THROTTLE,
    device_write_iops: THROTTLE,
  }),
  cap_add: 'texts',
  cap_drop: 'texts',
  cgroup_parent: 'text',
  cgroup: 'text',
  cpu_count: 'integer',
  cpu_percent: 'single',
  cpu_period: 'integer',
  cpu_quota: 'integer',
  cpu_rt_period: 'integer',
  cpu_rt_runtime: 'integer',
  cpus: 'single',
  cpuset: 'text',
  cpu_shares: 'integer',
  command: 'command',
  configs: list(FILE_GRANT),
  credential_spec: keptObject({ config: 'text', file: 'text', registry: 'text' }),
  device_cgroup_rules: 'texts',
  devices: list(object({ source: 'text', target: 'text', permissions: 'text' })),
  dns: 'text or texts',
  dns_opt: 'texts',
  dns_search: 'text or texts',
  domainname: 'text',
  entrypoint: 'command',
  environment: 'environment',
  env_file: list(object({ path: 'text', required: 'opt-out', format: 'text' })),
  extra_hosts: 'hosts',
  group_add: 'texts of anything',
  gpus: list(DEVICE_REQUEST),
  hostname: 'text',
  image: 'text',
  init: 'boolean or nothing',
  ipc: 'text',
  isolation: 'text',
  labels: 'labels',
  label_file: 'texts',
  logging: keptObject({ driver: 'text', options: 'options' }),
  mem_limit: 'bytes',
  mem_reservation: 'bytes',
  memswap_limit: 'bytes',
  mem_swappiness: 'bytes',
  mac_address: 'text',
  models: { entries: keptObject({ endpoint_var: 'text', model_var: 'text' }), nullable: true },
  network_mode: 'text',
  networks: { entries: NETWORK_ATTACHMENT, nullable: true },
  oom_kill_disable: 'boolean',
  oom_score_adj: 'integer',
  pid: 'text',
  pids_limit: 'integer',
  platform: 'text',
  privileged: 'boolean',
  pull_policy: 'text',
  pull_refresh_after: 'text',
  read_only: 'boolean',
  runtime: 'text',
  secrets: list(FILE_GRANT),
  security_opt: 'texts',
  shm_size: 'bytes',
  stop_grace_period: 'duration or nothing',
  stop_signal: 'text',
  storage_opt: 'options',
  sysctls: 'mapping',
  tmpfs: 'text or texts',
  ulimits: { entries: 'ulimit' },
  use_api_socket: 'boolean',
  user: 'text',
  userns_mode: 'text',
  uts: 'text',
  volumes: list(VOLUME_MOUNT),
  volumes_from: 'texts',
  working_dir: 'text',
};

/** The keys that describe a container, whatever runs it. */
export const CONTAINER_KEYS: ReadonlySet<string> = new Set(Object.keys(CONTAINER));

const HOOK = object({
  command: 'command',
  user: 'text',
  privileged: 'boolean',
  working_dir: 'text',
  environment: 'environment',
});

const BUILD = keptObject({
  context: 'text',
  dockerfile: 'text',
  dockerfile_inline: 'text',
  entitlements: 'texts',
  args: 'environment',
  provenance: 'text',
  sbom: 'text',
  ssh: 'ssh',
  labels: 'labels',
  cache_from: 'text or texts',
  cache_to: 'text or texts',
  no_cache: 'boolean',
  no_cache_filter: 'text or texts',
  additional_contexts: 'mapping',
  pull: 'boolean',
  extra_hosts: 'hosts',
  isolation: 'text',
  network: 'text',
  target: 'text',
  secrets: list(FILE_GRANT),
  shm_size: 'bytes',
  tags: 'text or texts',
  ulimits: { entries: 'ulimit' },
  platforms: 'text or texts',
  privileged: 'boolean',
});

const UPDATE = keptObject({
  parallelism: 'natural or nothing',
  delay: 'duration',
  failure_action: 'text',
  monitor: 'duration',
  max_failure_ratio: 'single',
  order: 'text',
});

const RESOURCE_SET = keptObject({
  cpus: 'single',
  memory: 'bytes',
  pids: 'integer',
  devices: list(DEVICE_REQUEST),
  generic_resources: list(object({ discrete_resource_spec: keptObject({ kind: 'kept text', value: 'kept integer' }) })),
});

const DEPLOY = keptObject({
  mode: 'text',
  replicas: 'integer or nothing',
  labels: 'labels',
  update_config: UPDATE,
  rollback_config: UPDATE,
  resources: keptObject({ limits: RESOURCE_SET, reservations: RESOURCE_SET }),
  restart_policy: keptObject({
    condition: 'text',
    delay: 'duration or nothing',
    max_attempts: 'natural or nothing',
    window: 'duration or nothing',
  }),
  placement: keptObject({
    constraints: 'texts',
    preferences: list(object({ spread: 'text' })),
    max_replicas_per_node: 'natural',
  }),
  endpoint_mode: 'text',
});

const SERVICE = object({
  ...CONTAINER,
  attach: 'boolean or nothing',
  build: BUILD,
  container_name: 'text',
  depends_on: { entries: object({ condition: 'text', restart: 'boolean', required: 'kept boolean' }) },
  deploy: DEPLOY,
  develop: keptObject({
    watch: list(
      object({
        path: 'kept text',
        action: 'kept text',
        target: 'text',
        exec: HOOK,
        include: 'texts',
        ignore: 'texts',
        initial_sync: 'boolean',
      }),
    ),
  }),
  expose: 'texts of anything',
  external_links: 'texts',
  healthcheck: keptObject({
    test: 'test',
    timeout: 'duration or nothing',
    interval: 'duration or nothing',
    retries: 'natural or nothing',
    start_period: 'duration or nothing',
    start_interval: 'duration or nothing',
    disable: 'boolean',
  }),
  links: 'texts',
  ports: list(
    object({
      name: 'text',
      mode: 'text',
      host_ip: 'text',
      target: 'integer',
      published: 'text',
      protocol: 'text',
      app_protocol: 'text',
    }),
  ),
  post_start: list(HOOK),
  pre_start: list(object({ ...CONTAINER, per_replica: 'boolean' })),
  pre_stop: list(HOOK),
  profiles: 'texts',
  provider: keptObject({ type: 'text', options: 'multi options' }),
  restart: 'text',
  scale: 'integer or nothing',
  stdin_open: 'boolean',
  tty: 'boolean',
});

const FILE_OBJECT: Fields = {
  name: 'text',
  file: 'text',
  environment: 'text',
  content: 'text',
  external: 'boolean',
  labels: 'labels',
  driver: 'text',
  driver_opts: 'options',
  template_driver: 'text',
};

export const PROJECT_SHAPE: Fields = {
  services: { entries: SERVICE },
  networks: {
    entries: keptObject({
      name: 'text',
      driver: 'text',
      driver_opts: 'options',
      ipam: keptObject({
        driver: 'text',
        config: list(object({ subnet: 'text', gateway: 'text', ip_range: 'text', aux_addresses: 'mapping' })),
        options: 'options',
      }),
      external: 'boolean',
      internal: 'boolean',
      attachable: 'boolean',
      labels: 'labels',
      enable_ipv4: 'boolean or nothing',
      enable_ipv6: 'boolean or nothing',
    }),
  },
  volumes: {
    entries: keptObject({
      name: 'text',
      driver: 'text',
      driver_opts: 'options',
      external: 'boolean',
      labels: 'labels',
    }),
  },
  configs: { entries: keptObject(FILE_OBJECT) },
  secrets: { entries: keptObject(FILE_OBJECT) },
  models: {
    entries: keptObject({ name: 'text', model: 'text', context_size: 'integer', runtime_flags: 'texts' }),
  },
};
