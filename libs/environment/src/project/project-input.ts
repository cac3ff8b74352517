import type { VariableReference } from '@ushadow/compose';
import type { DeclaredValue, SavedValue, ScannedNamespace, ServiceIdentity, Setting } from '../environment-input.ts';

/** Values that somebody gives, by variable; the strongest layer first. */
export interface ValueLayers {
  readonly typed: Readonly<Record<string, string>>;
  readonly shell: Readonly<Record<string, string>>;
  /** Also the project's own `.env`. */
  readonly envFile: Readonly<Record<string, string>>;
  readonly remembered: Readonly<Record<string, string>>;
}

/** Values of a project are decided once: `${NAME}` and every container's variable of that name get the same. */
export interface ProjectInput {
  readonly services: readonly ProjectService[];
  /** A text with variables outside the containers' environment, and in it. */
  readonly references: readonly VariableReference[];
  readonly layers: ValueLayers;
  readonly savedAs: 'typed' | 'remembered';
  readonly settings: readonly Setting[];
  /** Kept scans of the cluster, the nearest namespace first. */
  readonly scans: readonly ScannedNamespace[];
  /** Names that lead to services of the project: theirs, aliases, container names. In lower case. */
  readonly ownNames: ReadonlySet<string>;
  /** Variables that nobody can choose, such as the project's name. */
  readonly interpolation: Readonly<Record<string, string>>;
  /** A user's word on what is secret, by variable. */
  readonly secretOverrides: Readonly<Record<string, boolean>>;
}

export interface ProjectService extends ServiceIdentity {
  readonly declared: readonly DeclaredValue[];
  /** For its containers alone. */
  readonly typed: Readonly<Record<string, string>>;
  readonly saved: Readonly<Record<string, SavedValue>>;
  readonly secrets: Readonly<Record<string, boolean>>;
}
