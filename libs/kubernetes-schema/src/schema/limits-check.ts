import type { Limits } from './kube-type.ts';

const patterns = new Map<string, RegExp>();
function matches(pattern: string, text: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = new RegExp(pattern, 'u');
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function numberProblem({ minimum, maximum }: Limits, value: number): string | undefined {
  if (minimum !== undefined && value < minimum) return `must be at least ${minimum}`;
  return maximum !== undefined && value > maximum ? `must be at most ${maximum}` : undefined;
}

function sizeProblem(limits: Limits, value: unknown): string | undefined {
  const size = sizeOf(value);
  const most = limits.maxLength ?? limits.maxItems ?? limits.maxProperties ?? Infinity;
  const least = limits.minLength ?? limits.minItems ?? limits.minProperties ?? 0;
  const unit = typeof value === 'string' ? 'characters' : 'entries';
  if (size > most) return `must have at most ${most} ${unit}`;
  return size < least ? `must have at least ${least} ${unit}` : undefined;
}

/** Which limit the value breaks, in words; undefined when none. */
export function limitProblem(limits: Limits, value: unknown): string | undefined {
  if (typeof value === 'number') return numberProblem(limits, value);
  const size = sizeProblem(limits, value);
  if (size !== undefined || limits.pattern === undefined || typeof value !== 'string') return size;
  return matches(limits.pattern, value) ? undefined : `must match ${limits.pattern}`;
}
