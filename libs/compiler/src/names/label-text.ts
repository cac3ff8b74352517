import { isLabelValue, shortened } from '@ushadow/kubernetes';

/** A label value for any text: `:` and `/` become `-`; what had to be changed further or cut gets a hash. */
export function labelText(text: string): string {
  const plain = text.replace(/[:/]/g, '-');
  if (isLabelValue(plain) && plain !== '') return plain;
  const stem = plain.replace(/[^-A-Za-z0-9_.]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return shortened(stem, text, 63);
}
