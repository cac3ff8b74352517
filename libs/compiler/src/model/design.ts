import type { DnsLabelRule } from '@ushadow/kubernetes';
import type { ProbeHandler } from '../health/probe-handler.ts';
import type { SecretPlaceholders } from '../sensitive/secret-placeholders.ts';
import type { ImageRecipe } from '../images/read-dockerfile.ts';
import type { App, AppService, Variable } from './app.ts';
import type { Port } from './reach.ts';
import type { AskedRoute, AskedStream, Route, Stream } from './routes.ts';
import type { Autoscale, Settings, WorkloadKind } from './settings.ts';

/**
 * The application on its way from what was written to what is made, still without objects. Decisions are made in stages, each
 * of which has a type: a pass sees what the stages before its own have decided, and nothing of those to come.
 */
export interface DraftedDesign {
  readonly app: App;
  readonly services: readonly DraftedService[];
  /** What a name on the network has to be where it runs. */
  readonly nameRule: DnsLabelRule;
}

export interface DraftedService {
  readonly service: AppService;
  /** Switched on, by its profiles or by being named; one that is off stays out of the pods of others. */
  readonly on: boolean;
}

/** Everything has its name and its settings, and every secret is known. */
export interface NamedDesign extends DraftedDesign {
  readonly services: readonly NamedService[];
  /** What stands behind the placeholders in the texts of the design. */
  readonly placeholders: SecretPlaceholders;
}

export interface NamedService extends DraftedService {
  /** Name of its objects; `endpoint` is the name on the network. */
  readonly name: string;
  readonly endpoint: string;
  readonly instance: string;
  readonly settings: Settings;
  /** How it is to be reached from outside by HTTP. */
  readonly askedRoutes: readonly AskedRoute[];
  /** And by what is no HTTP. */
  readonly askedStreams: readonly AskedStream[];
}

/** What runs is known, and on which ports it listens. */
export interface ExposedDesign extends NamedDesign {
  readonly services: readonly ExposedService[];
}

export interface ExposedService extends NamedService {
  readonly image: string;
  /** How the image is made, where the project builds it and its Dockerfile can be read. */
  readonly recipe: ImageRecipe | undefined;
  /** Where it can call others by name. */
  readonly texts: readonly ServiceText[];
  readonly ports: readonly Port[];
  /** The name leads to the containers themselves, on any port. */
  readonly headless: boolean;
}

/** Each service is in its pod, which is of a kind and of a number. */
export interface GroupedDesign extends ExposedDesign {
  readonly services: readonly GroupedService[];
}

export interface GroupedService extends ExposedService {
  /** The service whose pod this one runs in; its own name when it has a pod of its own. */
  readonly host: string;
  /** It has a name of its own on the network; not so where it shares another service's network. */
  readonly named: boolean;
  readonly waits: readonly Wait[];
  /** Of the pod that it runs in. */
  readonly kind: WorkloadKind;
  /** It runs to its end, also where its pod stays. */
  readonly ends: boolean;
  readonly replicas: number | undefined;
  readonly autoscale: Autoscale | undefined;
}

/** Files and volumes have their places, and every object that keeps them its name. */
export interface PlacedDesign extends GroupedDesign {
  readonly services: readonly PlacedService[];
  readonly stores: readonly Store[];
  readonly fileSets: readonly FileSet[];
}

export interface PlacedService extends GroupedService {
  readonly mounts: readonly DesignedMount[];
  readonly sets: SetNames;
}

/** Every decision is made. */
export interface Design extends PlacedDesign {
  readonly services: readonly DesignedService[];
  /** Extra names on the network: alias, container name, host name, link. */
  readonly aliases: readonly Alias[];
  readonly isolation: readonly NetworkRule[];
}

export interface DesignedService extends PlacedService {
  readonly nodeRules: NodeRules;
  /** The group of pods on one machine that it belongs to, since they share stores that only one machine can mount. */
  readonly together: string | undefined;
  /** A name with a dot, which is the host name and the subdomain of its pod. */
  readonly dotted: DottedName | undefined;
  readonly networks: readonly string[];
  readonly environment: DesignedEnvironment;
  readonly probes: Probes;
  /** By secret value: the variable of the container that a command line reads it from. */
  readonly references: ReadonlyMap<string, string>;
  /** When it starts, among all that run in its pod. */
  readonly start: StartOrder;
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  /** No second copy beside the first, not even for the time of a rollout. */
  readonly alone: boolean;
  readonly routes: readonly Route[];
  readonly streams: readonly Stream[];
}

export interface DottedName {
  readonly name: string;
  readonly hostname: string;
  readonly subdomain: string;
  readonly path: string;
}

/** A text of a service, and what it is called to people. */
export interface ServiceText {
  readonly text: string;
  readonly where: string;
  readonly path: string;
  readonly inFile: boolean;
}

export interface StartOrder {
  /** Lower first. */
  readonly rank: number;
  /** `ahead`: it runs while the others do, and they start once it is ready. `before`: they start once it has ended. */
  readonly phase: 'main' | 'ahead' | 'before';
}

export interface DesignedEnvironment {
  readonly plain: readonly Variable[];
  readonly secret: readonly Variable[];
  /** Those whose names no shared set can hold; given one by one. */
  readonly inline: readonly (Variable & { readonly fromSecret: boolean; readonly key: string })[];
}

/** The objects that hold the variables of a service. */
export interface SetNames {
  readonly plain: string;
  readonly secret: string;
}

export interface Probe {
  readonly handler: ProbeHandler;
  readonly initialDelay: number | undefined;
  readonly period: number;
  readonly timeout: number;
  readonly failures: number;
  readonly path: string;
}

export interface Probes {
  readonly readiness?: Probe;
  readonly liveness?: Probe;
  readonly startup?: Probe;
}

export type MountSource =
  | { readonly kind: 'store'; readonly store: string }
  | { readonly kind: 'scratch'; readonly memory: boolean; readonly size: number | undefined }
  | { readonly kind: 'host'; readonly path: string; readonly type: string | undefined }
  | { readonly kind: 'files'; readonly parts: readonly FilePart[]; readonly mode: number | undefined }
  | { readonly kind: 'nfs'; readonly server: string; readonly path: string }
  | { readonly kind: 'image'; readonly reference: string };

export interface DesignedMount {
  /** Mounts with equal names in one pod share one source. */
  readonly name: string;
  readonly source: MountSource;
  readonly target: string;
  readonly subPath: string | undefined;
  readonly readOnly: boolean;
  readonly propagation: string | undefined;
  /** The files are copied into scratch space first, since something else is mounted below them. */
  readonly copied: boolean;
  /** Name in the pod of where they are copied from. */
  readonly origin: string;
  /** What the image has at this path is copied in while there is nothing. */
  readonly filled: boolean;
  readonly path: string;
}

/** Files of one set, and where they appear below the mount. */
export interface FilePart {
  /** Key of the set. */
  readonly set: string;
  readonly secret: boolean;
  readonly items: readonly { readonly key: string; readonly path: string; readonly mode: number | undefined }[];
}

/** Files kept in the cluster, readable by everyone in the namespace or secret. */
export interface FileSet {
  /** What it is made of: no two sets have one. */
  readonly key: string;
  readonly name: string;
  /** It is there already, under its name; the file says what it is called; it is called after what it is. */
  readonly naming: 'external' | 'given' | 'derived';
  readonly secret: boolean;
  /** The service it belongs to; undefined when several use it. */
  readonly owner: string | undefined;
  readonly entries: readonly { readonly key: string; readonly content: string | Uint8Array }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly path: string;
}

/** Storage that outlives its containers. */
export interface Store {
  /** Volume key, or the path it stands for. */
  readonly key: string;
  readonly name: string;
  readonly size: string;
  /** Nobody has asked for this size: it is the default. */
  readonly sizeByDefault: boolean;
  readonly className: string | undefined;
  readonly accessMode: string;
  readonly external: boolean;
  /** The folder of it that stands for the volume; undefined: its top. */
  readonly folder: string | undefined;
  /** It is there already: what it holds stays where it lies. */
  readonly known: boolean;
  /** What lies in it, to be remembered: by volume or bound folder, the part of the folder; empty: all of it. */
  readonly holds: Readonly<Record<string, string>>;
  /** The service each of whose pods has one of its own. */
  readonly perReplicaOf: string | undefined;
  readonly selector: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly users: readonly string[];
  readonly path: string;
}

export interface Alias {
  readonly name: string;
  readonly services: readonly string[];
  /** It holds the dotted names of pods, which have addresses only where the Service has none. */
  readonly subdomain: boolean;
  readonly path: string;
}

export interface Wait {
  readonly service: string;
  readonly condition: 'started' | 'ready' | 'completed';
  readonly restart: boolean;
  readonly path: string;
}

export interface NodeRules {
  readonly selector: Readonly<Record<string, string>>;
  readonly required: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values: readonly string[];
  }[];
  readonly spread: readonly { readonly key: string; readonly hard: boolean; readonly maxSkew: number }[];
  readonly tolerations: readonly { readonly key: string; readonly effect: string }[];
}

export interface NetworkRule {
  readonly network: string;
  /** Name of its object. */
  readonly name: string;
  readonly label: string;
  readonly internal: boolean;
  readonly path: string;
}
