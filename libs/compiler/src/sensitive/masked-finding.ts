import type { Diagnostic, DiagnosticParams } from '@ushadow/compose';
import type { Veil } from './veil.ts';
import { masked, recognised } from './veil.ts';

/** The finding without any secret in its words. */
export function maskedFinding(finding: Diagnostic, veil: Veil): Diagnostic {
  if (veil.length === 0) return finding;
  const mask = (text: string): string => masked(recognised(text, veil));
  const { message, remedy, params } = finding;
  return {
    ...finding,
    message: mask(message),
    remedy: mask(remedy),
    ...(params === undefined ? {} : { params: maskedParams(params, mask) }),
  };
}

function maskedParams(params: DiagnosticParams, mask: (text: string) => string): DiagnosticParams {
  const entries = Object.entries(params).map(([key, value]) => {
    if (typeof value === 'string') return [key, mask(value)] as const;
    return [key, typeof value === 'object' ? value.map(mask) : value] as const;
  });
  return Object.fromEntries(entries);
}
