import { describe, expect, it } from '@jest/globals';
import { readContexts } from './read-contexts.ts';

const two = `
apiVersion: v1
kind: Config
current-context: prod
clusters:
  - name: a
    cluster: { server: 'https://a.example:6443' }
contexts:
  - name: dev
    context: { cluster: a, user: u }
  - name: prod
    context: { cluster: b, user: u }
`;

describe('readContexts', () => {
  it('names each context with its server, and the current one', () => {
    expect(readContexts(two)).toEqual({
      ok: true,
      contexts: [
        { name: 'dev', server: 'https://a.example:6443' },
        { name: 'prod', server: null },
      ],
      current: 'prod',
    });
  });

  it('reads JSON, which kubectl also writes', () => {
    expect(readContexts('{"contexts":[{"name":"x","context":{}}],"current-context":"x"}')).toMatchObject({
      ok: true,
      current: 'x',
    });
  });

  it('says at which line and column text is not YAML', () => {
    const reading = readContexts('contexts:\n  - name: "x\n');
    expect(reading).toMatchObject({ ok: false });
    expect(!reading.ok && reading.message).toMatch(/line \d+, column \d+/);
  });

  it.each(['hello', '[1, 2]', 'contexts: 3', ''])('says that %j is no kubeconfig', (text) => {
    expect(readContexts(text)).toMatchObject({ ok: false });
  });

  it('does not expand a bomb of aliases', () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${String(i + 1)}: &l${String(i + 1)} [${`*l${String(i)},`.repeat(9)}]`,
    );
    expect(readContexts(['l0: &l0 [x]', ...levels].join('\n'))).toMatchObject({ ok: false });
  });
});
