/**
 * The canonical project: every short form expanded, every default that Compose itself fills in filled in.
 * Keys keep the spelling of the Compose file. Sizes are decimal byte counts as text ("67108864"), durations are
 * Go durations as text ("1m30s"), file modes are octal as text ("0440"); `parseByteCount` and
 * `parseDurationMs` read them. A `$` is a plain `$` (nothing is escaped again).
 */
export interface ComposeProject extends Extensible {
  readonly name: string;
  /** Services that are switched on, by name. */
  readonly services: Readonly<Record<string, ComposeService>>;
  /** Services that no active profile switches on, with their full definition. */
  readonly disabledServices: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, ComposeNetwork>>;
  readonly volumes: Readonly<Record<string, ComposeVolume>>;
  readonly configs: Readonly<Record<string, ComposeConfig>>;
  readonly secrets: Readonly<Record<string, ComposeSecret>>;
  readonly models: Readonly<Record<string, ComposeModel>>;
}

/** Any value that YAML can hold, as data. */
export type PlainValue =
  null | boolean | number | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** `x-*` keys stay where they were written. */
export interface Extensible {
  readonly [extension: `x-${string}`]: PlainValue | undefined;
}

type TextMap = Readonly<Record<string, string>>;
type OptionalTextMap = Readonly<Record<string, string | null>>;
type TextList = readonly string[];

/** What a container is made of: shared by services and `pre_start` hooks. */
export interface ContainerSpec {
  readonly annotations?: TextMap;
  readonly blkio_config?: BlockIoConfig;
  readonly cap_add?: TextList;
  readonly cap_drop?: TextList;
  readonly cgroup?: string;
  readonly cgroup_parent?: string;
  /** null: the image's own command; empty list: no command. */
  readonly command: TextList | null;
  readonly configs?: readonly FileGrant[];
  readonly cpu_count?: number;
  readonly cpu_percent?: number;
  readonly cpu_period?: number;
  readonly cpu_quota?: number;
  readonly cpu_rt_period?: number;
  readonly cpu_rt_runtime?: number;
  readonly cpu_shares?: number;
  readonly cpus?: number;
  readonly cpuset?: string;
  readonly credential_spec?: Extensible & {
    readonly config?: string;
    readonly file?: string;
    readonly registry?: string;
  };
  readonly device_cgroup_rules?: TextList;
  readonly devices?: readonly DeviceMapping[];
  readonly dns?: TextList;
  readonly dns_opt?: TextList;
  readonly dns_search?: TextList;
  readonly domainname?: string;
  /** null: the image's own entry point; empty list: none. */
  readonly entrypoint: TextList | null;
  /** Values after env_file, environment and interpolation; null: declared without value and not set anywhere. */
  readonly environment?: OptionalTextMap;
  readonly env_file?: readonly EnvFileReference[];
  /** `host=address`, sorted. */
  readonly extra_hosts?: TextList;
  readonly gpus?: readonly DeviceRequest[];
  readonly group_add?: TextList;
  readonly hostname?: string;
  readonly image?: string;
  readonly init?: boolean;
  readonly ipc?: string;
  readonly isolation?: string;
  readonly label_file?: TextList;
  readonly labels?: TextMap;
  readonly logging?: Extensible & { readonly driver?: string; readonly options?: TextMap };
  readonly mac_address?: string;
  readonly mem_limit?: string;
  readonly mem_reservation?: string;
  readonly mem_swappiness?: string;
  readonly memswap_limit?: string;
  readonly models?: Readonly<Record<string, ModelGrant | null>>;
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, NetworkAttachment | null>>;
  readonly oom_kill_disable?: boolean;
  readonly oom_score_adj?: number;
  readonly pid?: string;
  readonly pids_limit?: number;
  readonly platform?: string;
  readonly privileged?: boolean;
  readonly pull_policy?: string;
  readonly pull_refresh_after?: string;
  readonly read_only?: boolean;
  readonly runtime?: string;
  readonly secrets?: readonly FileGrant[];
  readonly security_opt?: TextList;
  readonly shm_size?: string;
  readonly stop_grace_period?: string;
  readonly stop_signal?: string;
  readonly storage_opt?: TextMap;
  readonly sysctls?: TextMap;
  readonly tmpfs?: TextList;
  readonly ulimits?: Readonly<Record<string, number | { readonly soft?: number; readonly hard?: number }>>;
  readonly use_api_socket?: boolean;
  readonly user?: string;
  readonly userns_mode?: string;
  readonly uts?: string;
  readonly volumes?: readonly VolumeMount[];
  readonly volumes_from?: TextList;
  readonly working_dir?: string;
}

export interface ComposeService extends ContainerSpec, Extensible {
  readonly attach?: boolean;
  readonly build?: BuildRecipe;
  readonly container_name?: string;
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly deploy?: Deployment;
  readonly develop?: Extensible & { readonly watch?: readonly WatchTrigger[] };
  readonly expose?: TextList;
  readonly external_links?: TextList;
  readonly healthcheck?: HealthCheck;
  readonly links?: TextList;
  readonly ports?: readonly PortMapping[];
  readonly post_start?: readonly LifecycleHook[];
  readonly pre_start?: readonly PreStartHook[];
  readonly pre_stop?: readonly LifecycleHook[];
  readonly profiles?: TextList;
  readonly provider?: Extensible & { readonly type?: string; readonly options?: Readonly<Record<string, TextList>> };
  readonly restart?: string;
  readonly scale?: number;
  readonly stdin_open?: boolean;
  readonly tty?: boolean;
}

export interface BlockIoConfig extends Extensible {
  readonly weight?: number;
  readonly weight_device?: readonly { readonly path: string; readonly weight: number }[];
  readonly device_read_bps?: readonly ThrottledDevice[];
  readonly device_read_iops?: readonly ThrottledDevice[];
  readonly device_write_bps?: readonly ThrottledDevice[];
  readonly device_write_iops?: readonly ThrottledDevice[];
}

export interface ThrottledDevice {
  readonly path: string;
  readonly rate: string;
}

export interface BuildRecipe extends Extensible {
  /** Absolute path, or a URL. */
  readonly context?: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
  readonly additional_contexts?: TextMap;
  readonly args?: OptionalTextMap;
  readonly cache_from?: TextList;
  readonly cache_to?: TextList;
  readonly entitlements?: TextList;
  readonly extra_hosts?: TextList;
  readonly isolation?: string;
  readonly labels?: TextMap;
  readonly network?: string;
  readonly no_cache?: boolean;
  readonly no_cache_filter?: TextList;
  readonly platforms?: TextList;
  readonly privileged?: boolean;
  readonly provenance?: string;
  readonly pull?: boolean;
  readonly sbom?: string;
  readonly secrets?: readonly FileGrant[];
  readonly shm_size?: string;
  /** `id` or `id=path`. */
  readonly ssh?: TextList;
  readonly tags?: TextList;
  readonly target?: string;
  readonly ulimits?: ContainerSpec['ulimits'];
}

export interface Dependency extends Extensible {
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly restart?: boolean;
  readonly required: boolean;
}

export interface Deployment extends Extensible {
  readonly mode?: string;
  readonly replicas?: number;
  readonly labels?: TextMap;
  readonly update_config?: UpdateConfig;
  readonly rollback_config?: UpdateConfig;
  readonly resources?: Extensible & { readonly limits?: ResourceSet; readonly reservations?: ResourceSet };
  readonly restart_policy?: Extensible & {
    readonly condition?: string;
    readonly delay?: string;
    readonly max_attempts?: number;
    readonly window?: string;
  };
  readonly placement?: Extensible & {
    readonly constraints?: TextList;
    readonly preferences?: readonly { readonly spread?: string }[];
    readonly max_replicas_per_node?: number;
  };
  readonly endpoint_mode?: string;
}

export interface UpdateConfig extends Extensible {
  readonly parallelism?: number;
  readonly delay?: string;
  readonly failure_action?: string;
  readonly monitor?: string;
  readonly max_failure_ratio?: number;
  readonly order?: string;
}

export interface ResourceSet extends Extensible {
  /** Number of CPUs, fractions allowed. */
  readonly cpus?: number;
  /** Bytes, as text. */
  readonly memory?: string;
  readonly pids?: number;
  readonly devices?: readonly DeviceRequest[];
  readonly generic_resources?: readonly {
    readonly discrete_resource_spec?: { readonly kind: string; readonly value: number };
  }[];
}

export interface DeviceMapping extends Extensible {
  readonly source?: string;
  readonly target?: string;
  readonly permissions?: string;
}

export interface DeviceRequest {
  readonly capabilities?: TextList;
  readonly driver?: string;
  /** -1 stands for all. */
  readonly count?: number;
  readonly device_ids?: TextList;
  readonly options?: TextMap;
}

export interface EnvFileReference {
  readonly path: string;
  readonly required?: boolean;
  readonly format?: string;
}

/** A config or a secret granted to a service. */
export interface FileGrant extends Extensible {
  readonly source: string;
  readonly target?: string;
  readonly uid?: string;
  readonly gid?: string;
  readonly mode?: string;
}

export interface HealthCheck extends Extensible {
  readonly test?: TextList;
  readonly interval?: string;
  readonly timeout?: string;
  readonly retries?: number;
  readonly start_period?: string;
  readonly start_interval?: string;
  readonly disable?: boolean;
}

export interface LifecycleHook extends Extensible {
  readonly command: TextList | null;
  readonly user?: string;
  readonly privileged?: boolean;
  readonly working_dir?: string;
  readonly environment?: OptionalTextMap;
}

export interface PreStartHook extends ContainerSpec, Extensible {
  readonly per_replica?: boolean;
}

export interface ModelGrant extends Extensible {
  readonly endpoint_var?: string;
  readonly model_var?: string;
}

export interface NetworkAttachment extends Extensible {
  readonly aliases?: TextList;
  readonly driver_opts?: TextMap;
  readonly gw_priority?: number;
  readonly interface_name?: string;
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
  readonly link_local_ips?: TextList;
  readonly mac_address?: string;
  readonly priority?: number;
}

export interface PortMapping extends Extensible {
  readonly name?: string;
  readonly mode?: string;
  readonly host_ip?: string;
  /** Port in the container, 1 to 65535. */
  readonly target: number;
  /** Port or range ("8000-8010") on the host; absent: none chosen. */
  readonly published?: string;
  readonly protocol: string;
  readonly app_protocol?: string;
}

export interface VolumeMount extends Extensible {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'cluster' | 'npipe' | 'image';
  /** Absolute path (bind), volume name (volume; absent: anonymous), image reference (image). */
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly consistency?: string;
  readonly bind?: Extensible & {
    readonly selinux?: string;
    readonly propagation?: string;
    /** Absent means true. */
    readonly create_host_path?: boolean;
    readonly recursive?: string;
  };
  readonly volume?: Extensible & { readonly labels?: TextMap; readonly nocopy?: boolean; readonly subpath?: string };
  readonly tmpfs?: Extensible & { readonly size?: string; readonly mode?: number };
  readonly image?: Extensible & { readonly subpath?: string };
}

export interface WatchTrigger extends Extensible {
  readonly path: string;
  readonly action: string;
  readonly target?: string;
  readonly exec?: LifecycleHook;
  readonly include?: TextList;
  readonly ignore?: TextList;
  readonly initial_sync?: boolean;
}

export interface ComposeNetwork extends Extensible {
  /** Full name, project prefix included. */
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: TextMap;
  readonly ipam?: Extensible & {
    readonly driver?: string;
    readonly config?: readonly (Extensible & {
      readonly subnet?: string;
      readonly gateway?: string;
      readonly ip_range?: string;
      readonly aux_addresses?: TextMap;
    })[];
    readonly options?: TextMap;
  };
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly labels?: TextMap;
  readonly enable_ipv4?: boolean;
  readonly enable_ipv6?: boolean;
}

export interface ComposeVolume extends Extensible {
  /** Full name, project prefix included. */
  readonly name?: string;
  readonly driver?: string;
  readonly driver_opts?: TextMap;
  readonly external?: boolean;
  readonly labels?: TextMap;
}

/** Exactly one source (file, environment, content) unless external or with a driver. */
export interface ComposeConfig extends Extensible {
  readonly name?: string;
  /** Absolute path. */
  readonly file?: string;
  /** Name of a variable of the project environment. */
  readonly environment?: string;
  readonly content?: string;
  readonly external?: boolean;
  readonly labels?: TextMap;
  readonly template_driver?: string;
}

export interface ComposeSecret extends Extensible {
  readonly name?: string;
  /** Absolute path. */
  readonly file?: string;
  /** Name of a variable of the project environment. The value is never part of the project. */
  readonly environment?: string;
  readonly external?: boolean;
  readonly labels?: TextMap;
  readonly driver?: string;
  readonly driver_opts?: TextMap;
  readonly template_driver?: string;
}

export interface ComposeModel extends Extensible {
  readonly name?: string;
  readonly model?: string;
  readonly context_size?: number;
  readonly runtime_flags?: TextList;
}
