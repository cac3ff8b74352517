/** Where a value can come from, the strongest first. */
export const valueSources = ['typed', 'shell', 'env_file', 'remembered', 'settings', 'scan', 'default'] as const;
export type ValueSource = (typeof valueSources)[number];

/** A value that a variable could have, and where it comes from. */
export interface Candidate {
  readonly source: ValueSource;
  readonly value: string;
  /** For people; never contains the value. */
  readonly reason: string;
  /** Settings it is made from. */
  readonly settingPaths: readonly string[];
  /** Typed earlier and kept for this service and place. */
  readonly saved: boolean;
  readonly secret: boolean;
  /** False for what is offered but never taken by itself: a scan result of low confidence. */
  readonly eligible: boolean;
  /** Names its `${…}` refer to that have no value; it is not whole. */
  readonly unset: readonly string[];
}

export interface ResolvedVariable {
  readonly name: string;
  /** False when only a user's input names it. */
  readonly declared: boolean;
  /** In order of precedence; the first eligible one is the winner. */
  readonly candidates: readonly Candidate[];
  /** Undefined: the variable is left out. */
  readonly winner: Candidate | undefined;
  /** The file refers to a variable that has no value. */
  readonly required: boolean;
  readonly secret: boolean;
  readonly secretReason: string;
  /** A user has said whether it is secret. */
  readonly secretOverride: boolean | undefined;
}

/** A level that could not give what a user asked of it; never silently "no value". */
export interface EnvironmentProblem {
  readonly variable: string;
  readonly code: 'SETTING_NOT_FOUND';
  readonly message: string;
}

export interface ResolvedEnvironment {
  readonly variables: readonly ResolvedVariable[];
  /** Required ones without a whole value. */
  readonly unresolved: readonly string[];
  readonly problems: readonly EnvironmentProblem[];
}
