import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { readGateway, type RoutePlace } from './read-gateway.ts';

const gateway = (spec: object, status: object = {}): KubeObject =>
  ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'web', namespace: 'edge' },
    spec,
    status,
  }) as unknown as KubeObject;
const listener = (name: string, rest: object = {}) => ({ name, protocol: 'HTTP', port: 80, ...rest });
const from = (namespaces: object) => ({ allowedRoutes: { namespaces } });
const shop: RoutePlace = { namespace: 'shop', labels: { team: 'core' } };
const names = (listeners: object[], place = shop) =>
  readGateway(gateway({ listeners }), place).listeners.map(({ name }) => name);

describe('a Gateway, as a namespace has it', () => {
  it('has the listeners that take HTTPRoutes of the namespace', () => {
    const listeners = [
      listener('own'),
      listener('all', from({ from: 'All' })),
      listener('same', from({ from: 'Same' })),
      listener('labelled', from({ from: 'Selector', selector: { matchLabels: { team: 'core' } } })),
      listener('others', from({ from: 'Selector', selector: { matchLabels: { team: 'other' } } })),
      listener(
        'named',
        from({ from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }),
      ),
      listener('raw', { protocol: 'TCP', ...from({ from: 'All' }) }),
      listener('grpc', { allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] } }),
    ];
    expect(names(listeners)).toEqual(['all', 'labelled', 'named']);
    expect(names(listeners, { namespace: 'edge', labels: {} })).toEqual(['own', 'all', 'same']);
  });

  it('has those for what is no HTTP apart, TLS only where it is handed on as it is', () => {
    const all = from({ from: 'All' });
    const listeners = [
      listener('web', all),
      listener('db', { protocol: 'TCP', port: 5432, ...all }),
      listener('dns', { protocol: 'UDP', port: 53, ...all }),
      listener('sni', { protocol: 'TLS', port: 8443, tls: { mode: 'Passthrough' }, ...all }),
      listener('ended', { protocol: 'TLS', port: 9443, tls: { mode: 'Terminate' }, ...all }),
      listener('closed', { protocol: 'TCP', port: 1, ...from({ from: 'Same' }) }),
    ];
    const { streams } = readGateway(gateway({ listeners }), shop);
    expect(streams.map(({ name }) => name)).toEqual(['db', 'dns', 'sni']);
    expect(names(listeners)).toEqual(['web']);
  });

  it.each([
    ['In', ['core'], true],
    ['In', ['other'], false],
    ['NotIn', ['core'], false],
    ['NotIn', ['other'], true],
    ['Exists', undefined, true],
    ['DoesNotExist', undefined, false],
    ['Near', undefined, false],
  ])('reads a selector with %s %p', (operator, values, takes) => {
    const selector = { matchExpressions: [{ key: 'team', operator, values }] };
    expect(names([listener('a', from({ from: 'Selector', selector }))])).toEqual(takes ? ['a'] : []);
  });

  it('takes ListenerSets only where it says so', () => {
    const takes = (spec: object) => readGateway(gateway(spec), shop).takesListenerSets;
    expect(takes({})).toBe(false);
    expect(takes({ allowedListeners: { namespaces: { from: 'All' } } })).toBe(true);
    expect(takes({ allowedListeners: { namespaces: { from: 'Same' } } })).toBe(false);
  });

  it('says why it serves nothing', () => {
    const condition = (type: string, status: string, message = '') => ({ type, status, reason: 'Reason', message });
    const trouble = (...conditions: object[]) => readGateway(gateway({}, { conditions }), shop).trouble;
    expect(trouble()).toBe('no controller has answered for it');
    expect(trouble(condition('Accepted', 'False', 'no such class'))).toBe('it is not accepted: no such class');
    expect(trouble(condition('Accepted', 'True'), condition('Programmed', 'False'))).toBe(
      'it is not programmed: Reason',
    );
    expect(trouble(condition('Accepted', 'True'), condition('Programmed', 'True'))).toBeUndefined();
  });

  it('leaves out listeners that no compiler could be told of', () => {
    expect(
      names([listener('a'.repeat(300), from({ from: 'All' })), listener('b', { port: 0, ...from({ from: 'All' }) })]),
    ).toEqual([]);
  });
});
