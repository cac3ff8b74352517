import { describe, expect, it } from '@jest/globals';
import { dotenvText } from './dotenv-text.ts';
import { readDotenv } from './read-dotenv.ts';
import { shownVariable, type ShownVariable } from './shown-variable.ts';
import { variable } from './testing/variable.ts';

const typed = (name: string, text: string, isSecret = false): ShownVariable =>
  shownVariable(variable(name, { is_secret: isSecret }), {
    values: new Map([[name, text]]),
    secrets: new Map(),
    remembered: [],
  });
const found = (part: Parameters<typeof variable>[1]): ShownVariable =>
  shownVariable(variable('NAME', part), { values: new Map(), secrets: new Map(), remembered: [] });

describe('dotenvText', () => {
  it('writes values that can be read again, whatever is in them', async () => {
    const texts = [
      ...['', 'plain', 'two words', '#no comment', "it's", '"quoted"', `both ' and "`, '$HOME', "'$x'", 'back\\slash'],
      ...['ends with \\', "'\\", 'line\nbreak', "line'\nbreak", '\\n', "a' \\n b", '  spaces  ', 'größe', '${X:-y}'],
    ];
    const shown = texts.map((text, index) => typed(`V${String(index)}`, text));
    const { values, problems } = await readDotenv(dotenvText(shown));
    expect(problems).toEqual([]);
    expect([...values.values()]).toEqual(texts);
  });

  it('leaves a secret out unless it was typed here', () => {
    expect(dotenvText([found({ is_secret: true, is_set: true, source: 'settings' })])).toBe(
      '# NAME= (secret, not shown)\n',
    );
    expect(dotenvText([typed('TOKEN', 'typed-here', true)])).toBe('TOKEN=typed-here\n');
  });

  it('keeps the names of what has no value', () => {
    expect(dotenvText([found({})])).toBe('# NAME=\n');
  });
});

describe('readDotenv', () => {
  it('says where a line cannot be read, and goes on', async () => {
    const { values, problems } = await readDotenv('A=1\nB B=2\nC=3\n');
    expect([...values]).toEqual([
      ['A', '1'],
      ['C', '3'],
    ]);
    expect(problems).toMatchObject([{ where: '2:1' }]);
  });
});
