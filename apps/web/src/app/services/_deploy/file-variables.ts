import type { Problem } from '../../../api/error-details.ts';

/** A `${NAME}` of the Compose file that has to have a value before the file can be compiled. */
export interface FileVariable {
  readonly name: string;
  /** `file:line:column` */
  readonly where: string | null;
  /** What the file says about it; null when it says nothing. */
  readonly reason: string | null;
}

const REQUIRED_VARIABLE = 'CPS0202';
const message = /^The required variable (\S+) has no value(?:: (.*))?\.$/s;

/** The variables that a failed compilation asks for, each once. */
export function fileVariables(problems: readonly Problem[]): FileVariable[] {
  const found = new Map<string, FileVariable>();
  for (const { code, what, where } of problems) {
    const [, name, reason = null] = (code === REQUIRED_VARIABLE && message.exec(what)) || [];
    if (name !== undefined && !found.has(name)) found.set(name, { name, where, reason });
  }
  return [...found.values()];
}

/** Those already offered stay, so that what was typed for them can be changed. */
export function withOffered(offered: readonly FileVariable[], found: readonly FileVariable[]): readonly FileVariable[] {
  const fresh = found.filter(({ name }) => offered.every((each) => each.name !== name));
  return fresh.length === 0 ? offered : [...offered, ...fresh];
}
