import { describe, expect, it } from '@jest/globals';
import { readRouting, routingChanges, routingTexts } from './routing-text.ts';

const NOTHING = { gateway: null, ingress_class: null, issuer: null };

describe('routing of a cluster, as it is typed', () => {
  it('is nothing where nothing is typed', () => {
    expect(readRouting({ gateway: ' ', ingressClass: '', issuer: '' })).toEqual(NOTHING);
  });

  it('is a Gateway of a namespace, a class, and an issuer of the cluster or of the namespace', () => {
    expect(readRouting({ gateway: 'edge/web ', ingressClass: 'traefik', issuer: 'letsencrypt' })).toEqual({
      gateway: { namespace: 'edge', name: 'web' },
      ingress_class: 'traefik',
      issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' },
    });
    expect(readRouting({ gateway: '', ingressClass: '', issuer: 'Issuer/own' }).issuer).toEqual({
      kind: 'Issuer',
      name: 'own',
    });
  });

  it('is read as it is written', () => {
    const routing = {
      gateway: { namespace: 'edge', name: 'web' },
      ingress_class: 'traefik',
      issuer: { kind: 'Issuer' as const, name: 'own' },
    };
    expect(readRouting(routingTexts(routing))).toEqual(routing);
    expect(readRouting(routingTexts(NOTHING))).toEqual(NOTHING);
  });

  it('sends the parts that differ alone', () => {
    const gateway = { namespace: 'edge', name: 'web' };
    expect(routingChanges(NOTHING, { ...NOTHING, gateway })).toEqual({ gateway });
    expect(routingChanges({ ...NOTHING, gateway }, { ...NOTHING, gateway: { ...gateway } })).toEqual({});
  });
});
