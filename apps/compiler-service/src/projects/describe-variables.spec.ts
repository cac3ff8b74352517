import { describe, expect, it } from '@jest/globals';
import { gatherText } from '../testing/gather-text.ts';
import { describeVariables } from './describe-variables.ts';
import { unresolvedPlaces } from './unresolved.ts';

function reported(text: string, options: Parameters<typeof gatherText>[1] & { selected: readonly string[] }) {
  const { source, gathered } = gatherText(text, options);
  const { selected } = options;
  const unresolved = unresolvedPlaces(gathered.loaded, gathered.services, new Set(selected));
  const variables = describeVariables({ source, gathered, selected, unresolved, secrets: {} });
  return new Map(variables.map((variable) => [variable.name, variable]));
}

const text = `services:
  a:
    image: i:\${TAG:-1}
    env_file: a.env
    environment: {MODE: fast, KEY: "\${API_KEY:-changeme}", PORT: "3000"}
    ports: ["\${PORT:-80}:3000"]
  b:
    image: i:\${TAG:-1}
    environment: {MODE: fast, LEVEL: "\${LEVEL}"}
`;
const files = { '/c/a.env': 'FROM_FILE=${TAG:-9}x\n' };

describe('describeVariables', () => {
  it('tells a name once, with its places in all files and the containers that have it', () => {
    const variables = reported(text, { files, selected: ['a', 'b'] });
    expect([...variables.keys()]).toEqual(['API_KEY', 'FROM_FILE', 'KEY', 'LEVEL', 'MODE', 'PORT', 'TAG']);
    expect(variables.get('TAG')?.uses.map(({ file, line, service }) => [file, line, service])).toEqual([
      ['a.yaml', 3, 'a'],
      ['a.yaml', 8, 'b'],
      ['a.env', 1, 'a'],
    ]);
    expect(variables.get('MODE')).toMatchObject({ value: 'fast', source: 'default', containers: ['a', 'b'] });
    expect(variables.get('LEVEL')).toMatchObject({ is_required: true, is_set: false, source: 'none' });
  });

  it('leaves out what only services refer to that are not selected', () => {
    expect([...reported(text, { files, selected: ['b'] }).keys()]).toEqual(['LEVEL', 'MODE', 'TAG']);
  });

  it('says where a container has another value than the one for its name', () => {
    const port = reported(text, { files, selected: ['a'] }).get('PORT');
    expect(port).toMatchObject({ value: null, source: 'default', is_set: true });
    expect(port?.candidates.map(({ value }) => value)).toEqual(['3000', '80']);
    expect(reported(text, { files, selected: ['a'], typed: { PORT: '81' } }).get('PORT')).toMatchObject({
      value: '81',
    });
  });

  it('calls a weak default weak, and shows no secret', () => {
    const key = reported(text, { files, selected: ['a'] }).get('API_KEY');
    expect(key).toMatchObject({ is_secret: true, value: null, weak: 'it is a placeholder that is to be replaced' });
    expect(JSON.stringify(key)).not.toContain('changeme');
    const typed = reported(text, { files, selected: ['a'], typed: { API_KEY: 'hG4kTz91LmQe7Vb2' } }).get('API_KEY');
    expect(typed).toMatchObject({ source: 'typed', weak: null });
  });

  it('takes variables that are called like parts of JavaScript objects for variables', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
    const hostile = `services: {a: {image: i, environment: {${names.map((name) => `${name}: "\${${name}:-x}"`).join()}}}}`;
    const variables = reported(hostile, { selected: ['a'] });
    expect([...variables.keys()].sort()).toEqual(names.sort());
    for (const variable of variables.values()) {
      expect(structuredClone(variable)).toMatchObject({ value: 'x', source: 'default', secret_override: null });
    }
  });
});
