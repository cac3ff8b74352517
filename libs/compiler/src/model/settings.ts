/**
 * What someone has asked for beyond the Compose keys of one service: `x-ushadow`, kompose labels and the deployment
 * spec, merged in that order. Undefined means nobody said anything.
 */
export interface Settings {
  readonly kind?: WorkloadKind;
  readonly replicas?: number;
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
  readonly exposure?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'headless';
  readonly nodePort?: number;
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** Text: HTTP probe of that path on the first port. Null: no probes. Absent: from the health check. */
  readonly healthCheckPath?: string | null;
  /** Null: none, whatever labels say. */
  readonly route?: RouteSettings | null;
  /** `HOST[:PORT][/PATH[#strip]]`. */
  readonly publicAt?: readonly string[];
  /** Filters of routes to do without where the target cannot express them, by type or name; `*` for all. */
  readonly withoutFilters?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly nodeName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly dnsPolicy?: string;
  readonly ndots?: number;
  readonly autoscale?: Autoscale;
  readonly disruption?: { readonly maxUnavailable?: number | string; readonly minAvailable?: number | string };
  readonly schedule?: Schedule;
  readonly pullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  readonly pullSecrets?: readonly string[];
  readonly serviceAccount?: string;
  readonly serviceName?: string;
  readonly group?: string;
  readonly fsGroup?: number;
  readonly hostPorts?: boolean;
  readonly storageSize?: string;
  readonly storageClass?: string;
  readonly storageSubPath?: string;
  readonly storageType?: 'configMap' | 'persistentVolumeClaim' | 'emptyDir' | 'hostPath';
  readonly storage?: Readonly<Record<string, StorageSettings>>;
  readonly initContainer?: { readonly name: string; readonly image: string; readonly command: readonly string[] };
  readonly liveness?: ProbeSettings;
  readonly readiness?: ProbeSettings & { readonly disabled?: boolean };
  readonly ephemeralStorage?: { readonly limit?: string; readonly request?: string };
}

export interface RouteSettings {
  readonly rules: readonly { readonly host?: string; readonly path: string }[];
  readonly tls: boolean;
  readonly tlsSecret?: string;
  readonly className?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Container port to lead to; the first one when absent. */
  readonly port?: number;
}

export interface Autoscale {
  readonly min: number;
  readonly max: number;
  /** Percent of the request, or a quantity. */
  readonly cpu?: string;
  readonly memory?: string;
}

export interface Schedule {
  readonly cron: string;
  readonly concurrency?: string;
  readonly backoffLimit?: number;
}

export interface StorageSettings {
  readonly size?: string;
  readonly className?: string;
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadWriteOncePod' | 'ReadOnlyMany';
}

/** A probe described by labels instead of a health check. Times in seconds. */
export interface ProbeSettings {
  readonly httpPath?: string;
  readonly httpPort?: number;
  readonly tcpPort?: number;
  readonly command?: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly retries?: number;
  readonly startPeriod?: number;
}
export type WorkloadKind = 'replicated' | 'stateful' | 'per-node' | 'run-once' | 'scheduled';
