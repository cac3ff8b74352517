import type { z } from 'zod';

export type FieldErrors = Readonly<Record<string, string>>;

/** What the contract says against an input, by the dotted path of each field; empty when it fits. */
export function fieldErrors(schema: z.ZodType, input: unknown): FieldErrors {
  const read = schema.safeParse(input);
  if (read.success) return {};
  const entries = read.error.issues.map((issue) => [issue.path.join('.'), sentence(issue.message)] as const);
  // The first finding about a field is the one to show.
  return Object.fromEntries(entries.toReversed());
}

function sentence(message: string): string {
  const text = message.replace(/^Invalid input: /, '');
  return text === ''
    ? 'Not valid.'
    : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
