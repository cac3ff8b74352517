import { classifySensitive, type Sensitivity } from '@ushadow/compiler';

/** What speaks for or against keeping a value in a Secret, beside its name and text. */
export interface Origin {
  /** Variables it was interpolated from. */
  readonly variables?: readonly string[];
  /** The secret setting it comes from. */
  readonly secretSetting?: string | undefined;
  /** A user's word; wins. */
  readonly override: boolean | undefined;
}

export function judgeCandidate(variable: string, value: string, origin: Origin): Sensitivity {
  const { variables = [], secretSetting, override } = origin;
  if (override !== undefined) return classifySensitive(variable, value, { secret: override });
  if (secretSetting !== undefined) return { secret: true, reason: `the setting ${secretSetting} is secret` };
  return classifySensitive(variable, value, { variables });
}
