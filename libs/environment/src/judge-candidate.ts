import { classifySensitive, type Sensitivity } from '@ushadow/compiler';

/** The evidence for and against keeping a value in a Secret, beside its name and text. */
export interface Origin {
  /** Variables it was interpolated from. */
  readonly variables?: readonly string[];
  /** The secret setting it comes from. */
  readonly secretSetting?: string | undefined;
  /** A user's word on the variable; wins over name and value, not over a setting that is secret: it is never shown. */
  readonly override: boolean | undefined;
}

export function judgeCandidate(variable: string, value: string, origin: Origin): Sensitivity {
  const { variables = [], secretSetting, override } = origin;
  if (secretSetting !== undefined) return { secret: true, reason: `the setting ${secretSetting} is secret` };
  if (override !== undefined) return classifySensitive(variable, value, { secret: override });
  return classifySensitive(variable, value, { variables });
}
