import { MASK } from '@ushadow/secrets';
import type { StackObjects } from './stack-content.ts';

/** Masks the secret values of a content that stand outside of its Secrets, on top of another masking. */
export function maskValues({ masks = [] }: StackObjects, redact: (text: string) => string): (text: string) => string {
  if (masks.length === 0) return redact;
  // A longer one may hold a shorter one.
  const values = [...masks].sort((one, other) => other.length - one.length);
  return (text) => redact(values.reduce((masked, value) => masked.replaceAll(value, MASK), text));
}
