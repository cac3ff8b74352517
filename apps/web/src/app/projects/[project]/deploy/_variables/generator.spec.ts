import { weakSecret } from '@ushadow/environment';
import { describe, expect, it } from '@jest/globals';
import { formatOf, forms, generate } from './generator.ts';

describe('the generator of secrets', () => {
  it.each(forms)('makes ones that nothing speaks against, each another: %s', (form) => {
    const format = formatOf(form, '32');
    if (format === undefined) throw new Error('there is a format');
    const made = Array.from({ length: 20 }, () => generate(format));
    expect(new Set(made).size).toBe(20);
    expect(made.map((each) => weakSecret('TOKEN', each)).filter((reason) => reason !== undefined)).toEqual([]);
  });

  it('has the length that is asked for', () => {
    const made = (form: (typeof forms)[number], length: string) => {
      const format = formatOf(form, length);
      return format === undefined ? null : generate(format).length;
    };
    expect([made('password', '40'), made('hex', '16'), made('uuid', '')]).toEqual([40, 32, 36]);
    expect(made('password', '7')).toBeNull();
    expect(made('hex', '513')).toBeNull();
    expect(made('hex', 'many')).toBeNull();
  });
});
