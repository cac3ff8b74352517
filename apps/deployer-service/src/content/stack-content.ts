import type { CompileResult } from '@ushadow/compiler';
import type { DeploymentSpecData, OverrideData, UsedVariableData } from '@ushadow/contracts';
import type { FieldSteps } from '@ushadow/deploy-engine';
import type { JsonValue, KubeObject } from '@ushadow/kubernetes';

/** An object, and the services that want it. */
export interface WantedObject {
  readonly object: KubeObject;
  /** Sorted. */
  readonly services: readonly string[];
}

/** What a service needs of another one. */
export interface ServiceDependency {
  readonly service: string;
  readonly condition: 'started' | 'ready' | 'completed';
  readonly required: boolean;
}

export interface PublishedPort {
  /** Of the container. */
  readonly port: number;
  readonly published: number | null;
  readonly protocol: string;
}

/** What is known of a service beside its objects. */
export interface ServiceContent {
  readonly serviceId: string;
  /** Its `app.kubernetes.io/name`. */
  readonly objectName: string;
  readonly image: string | null;
  readonly dependsOn: readonly ServiceDependency[];
  readonly published: readonly PublishedPort[];
  /** It runs to its end, once. */
  readonly isOneShot: boolean;
  /** Where the value of each variable came from. */
  readonly environment: readonly UsedVariableData[];
  /** `Kind/namespace/name` of what it shares with others and was changed for them alone: its pods may have the old one. */
  readonly behind?: readonly string[];
}

/** What people asked for beside what their files say, remembered by the stack. Holds secret values. */
export interface StackConfiguration {
  readonly profiles: readonly string[];
  /** Projects whose infrastructure counts when a scan has found it. */
  readonly infraOf: readonly string[];
  readonly specs: Readonly<Record<string, DeploymentSpecData>>;
  /** For `${NAME}` and the containers that have it. */
  readonly values: Readonly<Record<string, string>>;
  /** For the containers of one service. */
  readonly serviceValues: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The user's word on what is secret. */
  readonly secrets: Readonly<Record<string, boolean>>;
  readonly nodeNames: Readonly<Record<string, string>>;
  readonly overrides: readonly OverrideData[];
  /** By stopped service: how many replicas it had. */
  readonly stopped: Readonly<Record<string, number>>;
}

export const NO_CONFIGURATION: StackConfiguration = {
  profiles: [],
  infraOf: [],
  specs: {},
  values: {},
  serviceValues: {},
  secrets: {},
  nodeNames: {},
  overrides: [],
  stopped: {},
};

/** Objects of services, with all that is needed to go back to them. Holds Secrets; is kept encrypted. */
export interface StackObjects {
  readonly objects: readonly WantedObject[];
  readonly dependencies: CompileResult['dependencies'];
  readonly sourceMap: CompileResult['sourceMap'];
  readonly services: Readonly<Record<string, ServiceContent>>;
  /** By volume and bound folder: the claim that holds it, for good, with the folder of it after a slash. Absent: nothing is known. */
  readonly claims?: Readonly<Record<string, string>>;
  /** Of the files it was made from; null where none were. */
  readonly filesDigest: string | null;
  /** Secret values that stand in objects other than Secrets, such as a password in a command. */
  readonly masks?: readonly string[];
}

/** The complete desired state of a stack and the configuration it came from: what a revision is. */
export interface StackContent extends StackObjects {
  readonly configuration: StackConfiguration;
}

export const NO_CONTENT: StackContent = {
  objects: [],
  dependencies: [],
  sourceMap: [],
  services: {},
  filesDigest: null,
  configuration: NO_CONFIGURATION,
};

/** What is to be changed of a configuration; what is absent stays. */
export type ConfigurationChange = Partial<Omit<StackConfiguration, 'overrides' | 'stopped'>> & {
  /** In the place of all overrides of these services. */
  readonly overrides?: readonly OverrideData[];
  /** Each in the place of the one of its name. */
  readonly put?: readonly OverrideData[];
  /** Names of overrides that are given up. */
  readonly dropped?: readonly string[];
  readonly stopped?: Readonly<Record<string, number>>;
  /** Variables whose value is no longer remembered. */
  readonly forget?: readonly string[];
};

/** What a deployment wants of its stack. */
export interface StackUpdate {
  /** Of the whole project, or of what is changed of it. */
  readonly content: StackObjects;
  /** Services whose part is replaced by that. */
  readonly selected: readonly string[];
  /** Services whose part goes. */
  readonly gone: readonly string[];
  readonly change: ConfigurationChange;
  /** What others have changed and this leaves as it is, for this once: no part of the content. */
  readonly left?: readonly LeftField[];
  /** Runs once, beside the content. */
  readonly job?: KubeObject;
}

/** Something that is live and not as the content wants it. */
export interface LeftField {
  /** `Kind/namespace/name` */
  readonly object: string;
  /** Absent: the object is not written at all. */
  readonly steps?: FieldSteps;
  /** Absent: nothing is there. */
  readonly value?: JsonValue;
}
