import { describe, expect, it } from '@jest/globals';
import type { DomainError } from '@ushadow/contracts';
import { readUpload } from './read-upload.ts';

const kubeconfig = `
apiVersion: v1
kind: Config
current-context: a
clusters: [{name: a, cluster: {server: "https://k.example:6443"}}]
users: [{name: a, user: {token: canary-token}}, {name: b, user: {exec: {command: /bin/sh}}}]
contexts: [{name: a, context: {cluster: a, user: a, namespace: apps}}, {name: b, context: {cluster: a, user: b}}]
`;
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const failureOf = (run: () => unknown): DomainError => {
  try {
    run();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('it was accepted');
};

describe('readUpload', () => {
  it('gives the chosen context, wrapped base64 included', () => {
    const wrapped = base64(kubeconfig).replace(/(.{76})/g, '$1\n');
    expect(readUpload(wrapped, undefined)).toEqual({
      context: 'a',
      contexts: ['a', 'b'],
      dropped: [],
      namespace: 'apps',
      connection: { server: 'https://k.example:6443', auth: { token: 'canary-token' } },
    });
  });

  it('tells base64, UTF-8 and YAML apart (seed 2.9.4)', () => {
    expect(failureOf(() => readUpload('not base64!', undefined)).message).toMatch(/it is not base64/);
    expect(failureOf(() => readUpload(`${base64(kubeconfig)}*`, undefined)).message).toMatch(/it is not base64/);
    expect(failureOf(() => readUpload(base64(Buffer.from([0xff, 0xfe, 0x41])), undefined)).message).toMatch(/UTF-8/);
    expect(failureOf(() => readUpload(base64('a: [1'), undefined)).message).toMatch(/line \d+/);
  });

  it('calls what is never done refused, and a mistake invalid', () => {
    expect(failureOf(() => readUpload(base64(kubeconfig), 'b'))).toMatchObject({
      code: 'KUBECONFIG_REFUSED',
      kind: 'invalid',
      details: { contexts: ['a', 'b'] },
    });
    expect(failureOf(() => readUpload(base64(kubeconfig), 'c'))).toMatchObject({ code: 'KUBECONFIG_INVALID' });
  });

  it('never repeats a value of the document', () => {
    const broken = kubeconfig.replace('https://k.example:6443', 'http://canary-host');
    const error = failureOf(() => readUpload(base64(broken), undefined));
    expect(JSON.stringify(error.toEnvelope())).not.toContain('canary');
  });

  it('refuses what is too large before it is parsed', () => {
    const error = failureOf(() => readUpload(base64('x'.repeat(300 * 1024)), undefined));
    expect(error.message).toMatch(/more than 256 KiB/);
  });
});
