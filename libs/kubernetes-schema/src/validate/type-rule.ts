import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import type { KubeVersion } from '../schema/kube-version.ts';

/** Reports a problem at a path below the value the rule was given. */
export type Report = (message: string, ...path: (string | number)[]) => void;

export interface RuleSite {
  readonly object: KubeObject;
  readonly version: KubeVersion;
}

/** A check the schema cannot say, for every value of certain API types wherever they stand. */
export interface TypeRule {
  readonly rule: string;
  /** Names of API types, such as Container. */
  readonly on: readonly string[];
  check(value: JsonObject, report: Report, site: RuleSite): void;
}

/** A check of single fields, by `Type.field`; lists are checked item by item, absent and empty values are not. */
export interface FieldRule {
  readonly rule: string;
  readonly message: string;
  readonly fields: readonly string[];
  test(value: JsonValue, site: RuleSite): boolean;
}
