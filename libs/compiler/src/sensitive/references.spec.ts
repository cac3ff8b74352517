import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inShell, withReferences } from './references.ts';
import { withPlaceholders, placeholdersFor } from './secret-placeholders.ts';

const SECRET = 'S3cret';
const placeholders = placeholdersFor([{ value: SECRET, name: 'PW' }]);
const references = new Map([[SECRET, 'PW']]);
const replace = (text: string): string => withPlaceholders(text, placeholders, () => true);

/** As the kubelet does it: `$$` is a dollar sign, `$(PW)` the value, an unknown name stays. */
function expanded(text: string): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (match, name?: string) => {
    if (name === undefined) return '$';
    return name === 'PW' ? SECRET : match;
  });
}

describe('withReferences', () => {
  it('is expanded by the kubelet to exactly what stood there', () => {
    const piece = fc.oneof(fc.constantFrom('$', '(', ')', '$(', '$$', 'PW', '$(PW)', SECRET), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const written = withReferences(replace(text), placeholders, references);
        expect(expanded(written)).toBe(text);
        expect(written).not.toContain(SECRET);
      }),
    );
  });
});

describe('inShell', () => {
  it.each([
    ['redis-cli -a S3cret ping', 'redis-cli -a "${PW}" ping'],
    ['psql "u:S3cret@h"', 'psql "u:${PW}@h"'],
    ["mysql -p'S3cret' -e 'x'", `mysql -p''"\${PW}"'' -e 'x'`],
    ['a=$HOME b="it\'s" c=S3cret', 'a=$HOME b="it\'s" c="${PW}"'],
  ])('%s', (line, expected) => {
    expect(inShell(replace(line), placeholders, references)).toBe(expected);
  });

  it.each(['echo `S3cret`', 'echo $(S3cret)', 'cat <<E\nS3cret\nE', 'echo \\S3cret', 'x # S3cret', '"S3cret'])(
    'leaves %s alone',
    (line) => {
      expect(inShell(replace(line), placeholders, references)).toBeUndefined();
    },
  );
});
