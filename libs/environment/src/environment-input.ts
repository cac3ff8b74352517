import type { DeclaredVariable } from '@ushadow/compose';
import type { FoundInfra } from '@ushadow/scan';
import type { ValueSource } from './resolved-variable.ts';

export interface EnvironmentInput {
  readonly service: ServiceIdentity;
  /** What the Compose file declares, in its order. */
  readonly declared: readonly DeclaredValue[];
  /** Variables that nobody can choose, such as the project's name. */
  readonly interpolation: Readonly<Record<string, string>>;
  /** What can be said of each `${NAME}`, the strongest first; it holds for a container's variable of that name too. */
  readonly named?: Readonly<Record<string, readonly NamedValue[]>>;
  /** Variables that keep their default whatever a scan finds: it leads to a service of the project itself. */
  readonly kept?: ReadonlySet<string>;
  /** Typed for this service alone, by variable of the container. */
  readonly typed: Readonly<Record<string, string>>;
  /** Saved for this service in this place. */
  readonly saved: Readonly<Record<string, SavedValue>>;
  /** How strong a saved value is; typed unless given. */
  readonly savedAs?: 'typed' | 'remembered';
  readonly settings: readonly Setting[];
  /** Kept scans of the cluster, the nearest namespace first. */
  readonly scans: readonly ScannedNamespace[];
  /** A user's word on what is secret, by variable. */
  readonly secretOverrides: Readonly<Record<string, boolean>>;
}

export interface ServiceIdentity {
  /** `{stem}:{service}` */
  readonly id: string;
  readonly name: string;
}

/** One variable as the Compose file declares it. */
export interface DeclaredValue extends Pick<DeclaredVariable, 'name' | 'template' | 'references'> {
  /** An env file of the service fills its own references, as it is read. */
  readonly origin?: DeclaredVariable['origin'] | undefined;
  /** After substitution; null when it was declared without a value. */
  readonly value: string | null;
  /** Names its `${…}` refer to that have no value, and that no default stands in for. */
  readonly unset: readonly string[];
}

/** A value for `${NAME}`, wherever it stands. */
export interface NamedValue {
  readonly source: ValueSource;
  readonly value: string;
  /** For people; never contains the value. */
  readonly reason: string;
  readonly settingPaths: readonly string[];
  readonly saved: boolean;
  readonly eligible: boolean;
  /** The secret setting it comes from. */
  readonly secretSetting: string | undefined;
}

/** A reference stays one: the setting's value is taken when deploying. */
export type SavedValue = { readonly value: string } | { readonly setting: string };

export interface Setting {
  /** Words separated by dots, `api_keys.openai_api_key`. */
  readonly path: string;
  readonly value: string;
  readonly secret: boolean;
}

export interface ScannedNamespace {
  readonly namespace: string;
  readonly infra: Readonly<Record<string, ScannedInfra>>;
}

export interface ScannedInfra extends FoundInfra {
  readonly confidence?: 'high' | 'medium' | 'low' | null;
  readonly ready?: boolean | null;
  /** Project of the stack that it belongs to. */
  readonly stack?: string | null;
}
