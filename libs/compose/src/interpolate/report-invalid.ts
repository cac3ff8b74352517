import type { Report } from '../diagnostics/report.ts';
import { TEMPLATE_LIMITS } from '../limits.ts';
import type { Position } from '../positions.ts';
import type { Substitution } from './template.ts';

/** Says why a text with variables cannot be filled: its form, or the limit that it is beyond. */
export function reportInvalid(
  { beyond }: Extract<Substitution, { invalid: true }>,
  report: Report,
  path: readonly string[] | string,
  at: Position,
): void {
  if (beyond === undefined) report.add('CPS0201', {}, path, at);
  else if (beyond === 'nestingMax') report.add('CPS0206', { limit: TEMPLATE_LIMITS.nestingMax }, path, at);
  else report.add('CPS0207', { limit: TEMPLATE_LIMITS.charactersMax }, path, at);
}
