import { describe, expect, it } from '@jest/globals';
import { chooseRouteTarget } from './choose-route-target.ts';
import type { GatewayFact, RoutingFacts } from './routing-facts.ts';

const NOBODY_SAID = { gateway: null, ingress_class: null, issuer: null };
const NOTHING: RoutingFacts = {
  classes: [],
  servesGateways: false,
  servesListenerSets: false,
  streamKinds: [],
  gateways: [],
  unseen: [],
};
const listener = { name: 'web', protocol: 'HTTP', port: 80 };
const gateway = (name: string, changes: Partial<GatewayFact> = {}): GatewayFact => ({
  namespace: 'edge',
  name,
  listeners: [listener],
  streams: [],
  takesListenerSets: false,
  trouble: undefined,
  ...changes,
});
const withGateways = (...gateways: GatewayFact[]): RoutingFacts => ({ ...NOTHING, servesGateways: true, gateways });
const cls = (name: string, isDefault = false) => ({ name, controller: `example.org/${name}`, isDefault });
const codes = ({ warnings }: ReturnType<typeof chooseRouteTarget>) => warnings.map(({ code }) => code);
const edge = { namespace: 'edge', name: 'a' };

describe('how routes are made', () => {
  it('by the Gateway that is named, whatever else there is', () => {
    const facts = { ...withGateways(gateway('a'), gateway('b')), classes: [cls('traefik', true)] };
    const chosen = chooseRouteTarget({ ...NOBODY_SAID, gateway: edge, ingress_class: 'traefik' }, facts);
    expect(chosen).toEqual({
      target: { kind: 'gateway', ...edge, listeners: [listener], listener_sets: false },
      warnings: [],
    });
  });

  it('else by the class that is named, also where it is not seen', () => {
    const named = { ...NOBODY_SAID, ingress_class: 'traefik' };
    const facts = { ...withGateways(gateway('a')), classes: [cls('other', true), cls('traefik')] };
    const target = { kind: 'ingress', class_name: 'traefik' };
    expect(chooseRouteTarget(named, facts).target).toEqual({ ...target, controller: 'example.org/traefik' });
    expect(chooseRouteTarget(named, { ...NOTHING, classes: undefined })).toEqual({ target, warnings: [] });
  });

  it('else by the default class, whose name is left to the cluster', () => {
    const facts = { ...withGateways(gateway('a')), classes: [cls('other'), cls('traefik', true)] };
    expect(chooseRouteTarget(NOBODY_SAID, facts)).toEqual({
      target: { kind: 'ingress', controller: 'example.org/traefik' },
      warnings: [],
    });
  });

  it('else by the only class', () => {
    const facts = { ...withGateways(gateway('a')), classes: [cls('traefik')] };
    expect(chooseRouteTarget(NOBODY_SAID, facts).target).toMatchObject({ kind: 'ingress', class_name: 'traefik' });
  });

  it('else by the only Gateway that takes routes of the namespace, which is said', () => {
    const closed = gateway('closed', { listeners: [] });
    const chosen = chooseRouteTarget(NOBODY_SAID, withGateways(gateway('a'), closed));
    expect(chosen.target).toMatchObject({ kind: 'gateway', ...edge });
    expect(codes(chosen)).toEqual(['ROUTE_GATEWAY_CHOSEN']);
  });

  it('else in no way, which is said with what there is to choose', () => {
    const none = chooseRouteTarget(NOBODY_SAID, NOTHING);
    expect(none.target).toBeUndefined();
    expect(none.warnings).toMatchObject([
      { code: 'ROUTE_NO_CONTROLLER', message: expect.stringContaining('neither an ingress controller nor a Gateway') },
    ]);
    const several = chooseRouteTarget(NOBODY_SAID, { ...withGateways(gateway('a'), gateway('b')), classes: [] });
    expect(several.target).toBeUndefined();
    expect(several.warnings).toMatchObject([
      { code: 'ROUTE_NO_CONTROLLER', message: expect.stringContaining('Gateway edge/a, Gateway edge/b') },
    ]);
  });

  it('takes ListenerSets where the cluster knows them and the Gateway lets them in', () => {
    const open = gateway('a', { takesListenerSets: true });
    const sets = (facts: RoutingFacts) => chooseRouteTarget({ ...NOBODY_SAID, gateway: edge }, facts).target;
    expect(sets({ ...withGateways(open), servesListenerSets: true })).toMatchObject({ listener_sets: true });
    expect(sets(withGateways(open))).toMatchObject({ listener_sets: false });
    expect(sets({ ...withGateways(gateway('a')), servesListenerSets: true })).toMatchObject({ listener_sets: false });
  });

  it('knows the listeners for what is no HTTP, which alone make no Gateway one for routes', () => {
    const database = { name: 'db', protocol: 'TCP', port: 5432 };
    const facts = { ...withGateways(gateway('a', { streams: [database] })), streamKinds: ['TCPRoute' as const] };
    expect(chooseRouteTarget({ ...NOBODY_SAID, gateway: edge }, facts).target).toMatchObject({
      listeners: [listener, database],
      stream_kinds: ['TCPRoute'],
    });
    const closed = withGateways(gateway('a', { listeners: [], streams: [database] }));
    expect(codes(chooseRouteTarget(NOBODY_SAID, closed))).toEqual(['ROUTE_NO_CONTROLLER']);
  });

  it('keeps to a Gateway that is not there, and says so', () => {
    const missing = chooseRouteTarget({ ...NOBODY_SAID, gateway: edge }, withGateways());
    expect(missing.target).toEqual({ kind: 'gateway', ...edge, listener_sets: false });
    expect(missing.warnings).toMatchObject([{ message: expect.stringContaining('does not exist') }]);
    const unknown = chooseRouteTarget({ ...NOBODY_SAID, gateway: edge }, NOTHING);
    expect(unknown.warnings).toMatchObject([
      { code: 'ROUTE_GATEWAY_MISSING', message: expect.stringContaining('does not know Gateways') },
    ]);
  });

  it('says why a Gateway serves nothing', () => {
    const named = { ...NOBODY_SAID, gateway: edge };
    const refused = chooseRouteTarget(named, withGateways(gateway('a', { trouble: 'it is not accepted: no class' })));
    expect(refused.warnings).toMatchObject([
      { code: 'ROUTE_GATEWAY_NOT_READY', message: expect.stringContaining('it is not accepted: no class') },
    ]);
    const closed = chooseRouteTarget(named, withGateways(gateway('a', { listeners: [] })));
    expect(closed.warnings).toMatchObject([
      { code: 'ROUTE_GATEWAY_NOT_READY', message: expect.stringContaining('takes routes of this namespace') },
    ]);
  });

  it('says what was not seen only where it would have mattered', () => {
    const unseen = ['IngressClasses (not permitted)'];
    const blind = { ...NOTHING, classes: undefined, gateways: undefined, servesGateways: undefined, unseen };
    expect(codes(chooseRouteTarget(NOBODY_SAID, blind))).toEqual(['ROUTE_NOT_SEEN']);
    expect(codes(chooseRouteTarget({ ...NOBODY_SAID, gateway: edge }, blind))).toEqual(['ROUTE_NOT_SEEN']);
    expect(codes(chooseRouteTarget({ ...NOBODY_SAID, ingress_class: 'traefik' }, blind))).toEqual([]);
    const gatewaysUnseen = { ...NOTHING, classes: [cls('traefik', true)], unseen: ['Gateways (not permitted)'] };
    expect(codes(chooseRouteTarget(NOBODY_SAID, gatewaysUnseen))).toEqual([]);
  });

  it('stays with the Gateway that routes hold on to, where it is not seen what the cluster has', () => {
    const former = { ...edge, listenerSets: true };
    const blind = { ...NOTHING, classes: undefined, gateways: undefined, servesGateways: undefined, unseen: ['all'] };
    const stayed = chooseRouteTarget(NOBODY_SAID, blind, former);
    expect(stayed.target).toEqual({ kind: 'gateway', ...edge, listener_sets: true });
    expect(codes(stayed)).toEqual(['ROUTE_NOT_SEEN']);
    const half = { ...withGateways(gateway('a')), classes: undefined };
    expect(chooseRouteTarget(NOBODY_SAID, half, former).target).toMatchObject({ ...edge, listeners: [listener] });
    expect(chooseRouteTarget(NOBODY_SAID, { ...half, classes: [cls('traefik')] }, former).target).toMatchObject({
      kind: 'ingress',
    });
  });

  it('has certificates issued by whom the settings name, also where nothing takes the routes', () => {
    const issuer = { kind: 'ClusterIssuer' as const, name: 'letsencrypt' };
    expect(chooseRouteTarget({ ...NOBODY_SAID, issuer }, NOTHING).target).toEqual({ kind: 'ingress', issuer });
    const byGateway = chooseRouteTarget({ ...NOBODY_SAID, gateway: edge, issuer }, withGateways(gateway('a')));
    expect(byGateway.target).toMatchObject({ kind: 'gateway', issuer });
  });
});
