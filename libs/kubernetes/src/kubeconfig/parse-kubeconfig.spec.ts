import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseKubeconfig } from './parse-kubeconfig.ts';
import type { KubeconfigResult } from './parse-kubeconfig.ts';

const pem = (label: string): string =>
  Buffer.from(`-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`).toString('base64');

function config(cluster: object, user: object, extra: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    clusters: [{ name: 'c', cluster: { server: 'https://k8s.example:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'main', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
    ...extra,
  });
}
const MAIN = { name: 'main', context: { cluster: 'c', user: 'u' } };
const CLUSTER = { name: 'c', cluster: { server: 'https://k8s.example' } };
const USER = { name: 'u', user: { token: 'sesame' } };
const codes = (result: KubeconfigResult): string[] => (result.ok ? [] : result.problems.map(({ code }) => code));
const token = { token: 'sesame' };

describe('parseKubeconfig (M14)', () => {
  it('reads a token user into a connection record', () => {
    const result = parseKubeconfig(config({ 'certificate-authority-data': pem('CERTIFICATE') }, token));
    expect(result).toMatchObject({
      ok: true,
      context: { name: 'main', namespace: 'shop' },
      connection: { server: 'https://k8s.example:6443', caData: pem('CERTIFICATE'), auth: token },
    });
  });

  it('reads a client certificate', () => {
    const user = { 'client-certificate-data': pem('CERTIFICATE'), 'client-key-data': pem('EC PRIVATE KEY') };
    expect(parseKubeconfig(config({}, user)).ok).toBe(true);
  });

  it.each<[string, object, object]>([
    ['EXEC_PLUGIN', {}, { exec: { command: 'rm' } }],
    ['EXEC_PLUGIN', {}, { ...token, exec: { command: 'rm' } }],
    ['AUTH_PROVIDER', {}, { 'auth-provider': { name: 'gcp' } }],
    ['TOKEN_FILE', {}, { ...token, tokenFile: '/etc/passwd' }],
    ['CLIENT_CERTIFICATE_FILE', {}, { ...token, 'client-certificate': '/etc/passwd' }],
    ['CLIENT_KEY_FILE', {}, { ...token, 'client-key': '/etc/passwd' }],
    ['CA_FILE', { 'certificate-authority': '/etc/passwd' }, token],
    ['INSECURE_TLS', { 'insecure-skip-tls-verify': true }, token],
    ['PROXY_URL', { 'proxy-url': 'http://proxy' }, token],
    ['BASIC_AUTH', {}, { username: 'a', password: 'b' }],
    ['IMPERSONATION', {}, { ...token, as: '' }],
    ['CREDENTIALS_MISSING', {}, {}],
    ['TOKEN_INVALID', {}, { token: 'two\nlines' }],
    ['CLIENT_CERTIFICATE_INVALID', {}, { 'client-certificate-data': pem('CERTIFICATE') }],
    ['CLIENT_CERTIFICATE_INVALID', {}, { 'client-certificate-data': '!', 'client-key-data': '!' }],
    ['CA_INVALID', { 'certificate-authority-data': 'bm90IHBlbQ==' }, token],
    ['SERVER_NOT_HTTPS', { server: 'http://k8s.example' }, token],
    ['SERVER_INVALID', { server: 'https://user:pw@k8s.example' }, token],
    ['SERVER_INVALID', { server: 'https://k8s.example/?x=1' }, token],
    ['SERVER_INVALID', { server: 'k8s' }, token],
    ['TLS_SERVER_NAME_INVALID', { 'tls-server-name': 'a b' }, token],
  ])('refuses with %s', (code, cluster, user) => {
    const result = parseKubeconfig(config(cluster, user));
    expect(codes(result)).toEqual([code]);
  });

  it.each([
    ['CONTEXT_UNKNOWN', config({}, token), 'other'],
    ['CONTEXT_UNKNOWN', config({}, token, { 'current-context': 'gone' }), undefined],
    ['NAME_AMBIGUOUS', config({}, token, { contexts: [MAIN, MAIN] }), undefined],
    ['NAME_AMBIGUOUS', config({}, token, { clusters: [CLUSTER, CLUSTER] }), undefined],
    ['NAME_AMBIGUOUS', config({}, token, { users: [USER, USER] }), undefined],
    ['CLUSTER_UNKNOWN', config({}, token, { clusters: [] }), undefined],
    ['USER_UNKNOWN', config({}, token, { users: [] }), undefined],
    ['NOT_A_KUBECONFIG', 'just text', undefined],
    ['NOT_A_KUBECONFIG', '', undefined],
    ['NOT_A_KUBECONFIG', 'a: 1', undefined],
    ['NOT_YAML', 'a: [1', undefined],
    ['TOO_DEEP', '['.repeat(5_000), undefined],
    ['DUPLICATE_KEY', 'a: 1\na: 2', undefined],
    ['MULTIPLE_DOCUMENTS', 'a: 1\n---\nb: 1', undefined],
    ['TOO_LARGE', ' '.repeat(256 * 1024 + 1), undefined],
    ['ALIAS_BOMB', bomb(), undefined],
  ])('answers %s', (code, text, context) => {
    expect(codes(parseKubeconfig(text, context))).toEqual([code]);
  });

  it('asks for a context when there are several and none is current', () => {
    const context = { cluster: 'c', user: 'u' };
    const contexts = [
      { name: 'a', context },
      { name: 'b', context },
    ];
    const text = config({}, token, { contexts, 'current-context': '' });
    expect(codes(parseKubeconfig(text))).toEqual(['CONTEXT_MISSING']);
    expect(parseKubeconfig(text).contexts.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(parseKubeconfig(text, 'b')).toMatchObject({ ok: true, context: { name: 'b' } });
  });

  it('names field, line and column, and what to do, but no value', () => {
    const text = [
      'current-context: m',
      'contexts: [{name: m, context: {cluster: c, user: u}}]',
      'clusters: [{name: c, cluster: {server: "https://h"}}]',
      'users:',
      '- name: u',
      '  user:',
      '    exec: {command: hush}',
    ].join('\n');
    const result = parseKubeconfig(text);
    expect(result).toMatchObject({ problems: [{ path: 'users[0].user.exec', line: 7, column: 11 }] });
    expect(JSON.stringify(result)).not.toContain('hush');
  });

  it('reads only the chosen user: another user’s plug-in does no harm', () => {
    const users = [
      { name: 'u', user: token },
      { name: 'other', user: { exec: {} } },
    ];
    expect(parseKubeconfig(config({}, {}, { users })).ok).toBe(true);
  });

  it('names dropped fields', () => {
    const result = parseKubeconfig(config({ extensions: [] }, { ...token, color: 'red' }, { preferences: {} }));
    expect(result).toMatchObject({
      dropped: ['preferences', 'clusters[0].cluster.extensions', 'users[0].user.color'],
    });
  });

  it('says where a credential is written, for those who look into it', () => {
    const text = config({}, token).replace('"users"', '\n"users"');
    const result = parseKubeconfig(text);
    expect(result.ok && result.placeOf('token')).toMatchObject({ path: 'users[0].user.token', line: 2 });
  });

  it('cannot be reached through prototype keys', () => {
    const text = `{"__proto__": {"current-context": "m"}, "constructor": 1}`;
    expect(codes(parseKubeconfig(text))).toEqual(['NOT_A_KUBECONFIG']);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseKubeconfig(text)));
    fc.assert(fc.property(fc.jsonValue(), (value) => void parseKubeconfig(JSON.stringify(value))));
  });
});

function bomb(): string {
  const levels = 'bcdefghij'.split('').map((name) => {
    const before = String.fromCharCode(name.charCodeAt(0) - 1);
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`;
  });
  return ['a: &a [x,x,x]', ...levels].join('\n');
}
