import type { Diagnostic, DiagnosticParams } from '@ushadow/compose';
import type { SecretPlaceholders } from './secret-placeholders.ts';
import { masked, withRecognisablePlaced } from './secret-placeholders.ts';

/** The finding without any secret in its words. */
export function maskedFinding(finding: Diagnostic, placeholders: SecretPlaceholders): Diagnostic {
  if (placeholders.length === 0) return finding;
  const mask = (text: string): string => masked(withRecognisablePlaced(text, placeholders));
  const { message, remedy, params } = finding;
  return {
    ...finding,
    message: mask(message),
    remedy: mask(remedy),
    ...(params === undefined ? {} : { params: maskedParams(params, mask) }),
  };
}

function maskedParams(params: DiagnosticParams, mask: (text: string) => string): DiagnosticParams {
  const maskedValue = (value: DiagnosticParams[string]): DiagnosticParams[string] => {
    if (typeof value === 'string') return mask(value);
    return typeof value === 'object' ? value.map(mask) : value;
  };
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, maskedValue(value)]));
}
