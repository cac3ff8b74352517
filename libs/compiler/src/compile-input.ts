import type { PodSecurityLevel } from '@ushadow/kubernetes';
import type { ComposeProject, FilePort, LoadResult, PositionIndex } from '@ushadow/compose';

export interface CompileInput {
  readonly project: ComposeProject;
  readonly positions: PositionIndex;
  /** The project's folder, from the loader. Absent: bound folders are known by their whole path. */
  readonly directory?: string;
  /**
   * Services whose objects are wanted; default: those that are switched on. A named one is switched on by being named;
   * `all` takes those of inactive profiles too, without switching them on. No name, kind or claim depends on it.
   */
  readonly services?: readonly string[] | 'all';
  /** Services whose findings count; they are switched on. Default: those that are compiled. */
  readonly findingsFor?: readonly string[];
  /** By Compose service. */
  readonly specs?: Readonly<Record<string, DeploymentSpec>>;
  /** Resolved environment by service and variable; wins over the project's. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, ResolvedVariable>>>>;
  /** How variables were declared, from the loader: lets a value made from a secret variable count as secret. */
  readonly declared?: LoadResult['declaredEnvironment'];
  /** Values of the project environment: those that texts were filled with, and that configs and secrets name. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Those of `variables` that are secret, whatever they are called. */
  readonly secretVariables?: readonly string[];
  /** Texts with variables, from the loader: tell which secret stands where, also one that looks like a word. */
  readonly templates?: LoadResult['templates'];
  /**
   * By volume and bound folder (`./data`, `../shared`, `/srv/data`): the claim that is there and keeps it, whatever a new
   * one would be called, as an earlier result said.
   */
  readonly claims?: Readonly<Record<string, string>>;
  readonly files: ContentPort;
  readonly target: Target;
  readonly options?: CompileOptions;
}

/** The loader's file port; `readBytes` and `executable` make binary files and mode bits come out right. */
export interface ContentPort extends FilePort {
  readBytes?(path: string): Uint8Array | undefined;
  executable?(path: string): boolean;
  /** False when so many bytes of files are more than may be used. */
  spend?(bytes: number): boolean;
}

export interface ResolvedVariable {
  readonly value: string;
  readonly secret?: boolean;
}

/** Where the objects go, and what holds there. */
export interface Target {
  readonly namespace: string;
  /** Of the cluster: `1.37`, `v1.36.2+k3s1`; default: the newest known, without what only newer clusters take. */
  readonly version?: string;
  readonly storage?: StorageDefaults;
  /** Default: Ingresses of the default class. */
  readonly routes?: RouteTarget;
  readonly policies?: TargetPolicies;
  readonly images?: ImageDefaults;
  /** Where nobody names any. */
  readonly defaults?: WorkloadDefaults;
  /** Whose the objects are, by service: the id that ends in `app.kubernetes.io/instance`. Default `{project}-{service}`. */
  readonly instances?: Readonly<Record<string, string>>;
  /**
   * Key of the digest that makes pods roll when their configuration changes. Without one the digest leaves secrets out,
   * since short ones could be tried out: pods then stay as they are when only a secret has changed.
   */
  readonly checksumKey?: string;
}

/** How routes are made: HTTPRoutes of a Gateway of the cluster, or Ingresses. */
export type RouteTarget = IngressTarget | GatewayTarget;

export interface IngressTarget {
  readonly kind: 'ingress';
  /** Default: the cluster's default class. */
  readonly className?: string;
  /** Who carries out Ingresses of that class, as its IngressClass says: `k8s.io/ingress-nginx`. */
  readonly controller?: string;
  readonly issuer?: CertificateIssuer;
}

export interface GatewayTarget {
  readonly kind: 'gateway';
  readonly name: string;
  readonly namespace?: string;
  /** What it listens on; absent: not known. */
  readonly listeners?: readonly GatewayListener[];
  /** Routes for what is no HTTP that the cluster serves. */
  readonly streamKinds?: readonly StreamKind[];
  /** The cluster serves ListenerSets, and the Gateway takes them from the namespace. */
  readonly listenerSets?: boolean;
  readonly issuer?: CertificateIssuer;
}

export type StreamKind = 'TCPRoute' | 'TLSRoute' | 'UDPRoute';

export interface GatewayListener {
  readonly name: string;
  /** `HTTP`, `HTTPS`, `TCP`, `UDP`; `TLS` where it is handed on as it is. */
  readonly protocol: string;
  readonly port: number;
  /** Absent: any. */
  readonly hostname?: string;
}

/** Who issues certificates by cert-manager. */
export interface CertificateIssuer {
  readonly kind: 'ClusterIssuer' | 'Issuer';
  readonly name: string;
}

export interface TargetPolicies {
  readonly pods?: PodPolicy;
  /** Services reach each other only over the networks they share. */
  readonly networks?: boolean;
}

export interface ImageDefaults {
  /** Prefix for images that are only built, `registry.example/team/`. */
  readonly prefix?: string;
  readonly pullSecrets?: readonly string[];
  /** Image with a shell, nc and cp, for init containers. Default `busybox:1.37`. */
  readonly helper?: string;
}

export interface WorkloadDefaults {
  readonly kind?: WorkloadKindName;
  /** Requests and limits. */
  readonly resources?: ResourceSpec;
  /** A liveness probe from the health check beside the readiness probe. */
  readonly liveness?: boolean;
  readonly jobTtlSeconds?: number;
}

/** What is compiled otherwise than the service compiles it, on request. */
export interface CompileOptions {
  readonly createNamespace?: boolean;
  /** Warnings become errors. */
  readonly strict?: boolean;
  /** Adds init containers that wait for `depends_on` conditions, for plain `kubectl apply`. */
  readonly waitInitContainers?: boolean;
  /** Services that share `kompose.service.group` run in one pod. */
  readonly groupByLabel?: boolean;
}

/** What pods may do to the machines and the cluster, as whoever runs the installation has decided. */
export interface PodPolicy {
  /** Paths of the node that may be mounted, with everything below; `/` allows all. Absent: every path, with a warning. */
  readonly hostPaths?: readonly string[];
  /** The least strict level that a pod may need. Absent: `privileged`, which forbids nothing. */
  readonly podSecurity?: PodSecurityLevel;
  /** Accounts that a pod may run as, beside `default` and those made for it. Absent: any. */
  readonly serviceAccounts?: readonly string[];
}

export interface StorageDefaults {
  /** Default `1Gi`. */
  readonly size?: string;
  readonly className?: string;
  /** The class supports ReadWriteMany. */
  readonly shared?: boolean;
}

export type WorkloadKindName = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';

export interface ResourceAmounts {
  readonly cpu?: string;
  readonly memory?: string;
  readonly [resource: string]: string | undefined;
}

export interface ResourceSpec {
  readonly requests?: ResourceAmounts;
  readonly limits?: ResourceAmounts;
}

/** What a user asks for when deploying one service. */
export interface DeploymentSpec {
  readonly replicas?: number;
  readonly resources?: ResourceSpec;
  readonly serviceType?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Absent: from the Compose health check. Null: no probes. Text: HTTP probe of that path on the first port. */
  readonly healthCheckPath?: string | null;
  readonly ingress?: IngressSpec;
  /** `HOST[:PORT][/PATH[#strip]]`, with the port of the container: Ingress or HTTPRoute, as the target says. */
  readonly publicAt?: readonly string[];
  /** Middlewares to do without where the target cannot express them, by type or name; `*` for all. */
  readonly withoutFilters?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly nodeName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly dns?: { readonly policy?: string; readonly ndots?: number };
  readonly kind?: WorkloadKindName;
  /** Cron expression, with kind CronJob. */
  readonly schedule?: string;
  readonly autoscale?: { readonly min: number; readonly max: number; readonly cpu?: string; readonly memory?: string };
  readonly disruption?: { readonly maxUnavailable?: number | string; readonly minAvailable?: number | string };
  readonly pullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  readonly pullSecrets?: readonly string[];
  readonly serviceAccount?: string;
  /** By volume key. */
  readonly storage?: Readonly<Record<string, StorageSpec>>;
}

export interface IngressSpec {
  readonly enabled: boolean;
  readonly host?: string;
  /** Default `/`. */
  readonly path?: string;
  readonly tls?: boolean;
  readonly tlsSecret?: string;
  readonly className?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface StorageSpec {
  readonly size?: string;
  readonly className?: string;
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteMany' | 'ReadWriteOncePod' | 'ReadOnlyMany';
}
