import { describe, expect, it } from '@jest/globals';
import { endpointOf, identityOf, isSameCluster, refined } from './cluster-identity.ts';

const pem = '-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const connection = (server: string, ca: string = pem) => ({ server, caData: base64(ca), auth: { token: 't' } });
const endpoint = endpointOf(connection('https://one:6443'));
const elsewhere = endpointOf(connection('https://two:6443'));
const seen = (at: string, systemUid: string | null, status = 'connected') => identityOf(at, { status, systemUid });

describe('the identity of a cluster', () => {
  it('is that of its kube-system, whatever the address', () => {
    expect(isSameCluster(seen(endpoint, 'uid'), seen(elsewhere, 'uid'))).toBe(true);
    expect(isSameCluster(seen(endpoint, 'uid'), seen(elsewhere, 'other'))).toBe(false);
  });

  it('is that of its endpoint where kube-system may not be read by one of two credentials', () => {
    expect(isSameCluster(seen(endpoint, 'uid'), seen(endpoint, null))).toBe(true);
    expect(isSameCluster(seen(endpoint, null), seen(endpoint, null))).toBe(true);
    expect(isSameCluster(seen(endpoint, null), seen(elsewhere, null))).toBe(false);
  });

  it('tells a cluster that was made anew at the same address from the former one', () => {
    expect(isSameCluster(seen(endpoint, 'uid'), seen(endpoint, 'new uid'))).toBe(false);
  });

  it('knows an API server that was never reached by its endpoint alone', () => {
    const away = seen(endpoint, null, 'unreachable');
    expect(away).toEqual({ identity: null, endpoint });
    expect(isSameCluster(away, seen(endpoint, 'uid'))).toBe(true);
    expect(isSameCluster({ identity: null, endpoint: null }, { identity: null, endpoint: null })).toBe(false);
  });

  it('is not another one for a slash at the end or other line ends in the CA', () => {
    expect(endpointOf(connection('https://ONE:6443/', pem.replaceAll('\n', '\r\n')))).toBe(endpoint);
    expect(endpointOf(connection('https://one:6443/k8s/a'))).not.toBe(endpoint);
  });

  it('loses nothing by a look that sees less at the same endpoint', () => {
    const known = seen(endpoint, 'uid');
    expect(refined(known, seen(endpoint, null))).toEqual(known);
    expect(refined(known, seen(endpoint, null, 'unreachable'))).toEqual(known);
    expect(refined(seen(endpoint, null), known)).toEqual(known);
    expect(refined(known, seen(endpoint, 'new uid'))).toEqual(seen(endpoint, 'new uid'));
    expect(refined(known, seen(elsewhere, null))).toEqual(seen(elsewhere, null));
  });
});
