import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeExpansion, escapeProbeExpansion } from './escaping.ts';

/** The kubelet's rule: `$$` is a dollar, `$(NAME)` a value, an unknown name stays. */
function expand(text: string, vars: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:(\$)|\(([^)]*)\))/g, (all, dollar: string | undefined, name: string) =>
    dollar === undefined ? (vars[name] ?? all) : '$',
  );
}

const dollarText = fc.string({ unit: fc.constantFrom('$', '(', ')', 'A', '{', ' ', 'x') });

describe('escapeExpansion', () => {
  it('M1: writes $( as $$( and leaves shell variables alone', () => {
    expect(escapeExpansion('echo $(date) $HOME ${X} a$ $$')).toBe('echo $$(date) $HOME ${X} a$ $$$');
  });

  it('survives expansion by the kubelet byte for byte, whatever the text', () => {
    fc.assert(fc.property(dollarText, (text) => expand(escapeExpansion(text), { A: 'wrong', x: 'wrong' }) === text));
  });
});

describe('escapeProbeExpansion', () => {
  it('keeps command substitution as it is when no such variable is known', () => {
    expect(escapeProbeExpansion('test "$(cat /x)" = $$', new Set())).toBe('test "$(cat /x)" = $$$');
  });

  it('leaves the dollar signs inside a command substitution alone, as the kubelet does', () => {
    expect(escapeProbeExpansion('test $(ps $$) = $$(A)', new Set(['A']))).toBe('test $(ps $$) = $$$$(A)');
  });

  it('survives expansion with the known variables', () => {
    fc.assert(
      fc.property(dollarText, (text) => expand(escapeProbeExpansion(text, new Set(['A'])), { A: 'wrong' }) === text),
      { examples: [['$($$)']], numRuns: 1000 },
    );
  });
});
