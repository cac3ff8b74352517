import type { DeclaredVariable } from '@ushadow/compose';
import type { FoundInfra } from '@ushadow/scan';

export interface EnvironmentInput {
  readonly service: ServiceIdentity;
  /** What the Compose file declares, in its order. */
  readonly declared: readonly DeclaredValue[];
  /** Variables the file's `${…}` were filled from. */
  readonly interpolation: Readonly<Record<string, string>>;
  /** Typed for this deployment, by variable of the container. */
  readonly typed: Readonly<Record<string, string>>;
  /** Saved for this service in this place. */
  readonly saved: Readonly<Record<string, SavedValue>>;
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
  /** After substitution; null when it was declared without a value. */
  readonly value: string | null;
  /** Names its `${…}` refer to that have no value, and that no default stands in for. */
  readonly unset: readonly string[];
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
}
