export { AddressPolicy, type AddressPolicyOptions, type AddressVerdict } from './address-policy.ts';
export { networksSetting } from './networks-setting.ts';
export { connectionError, OutboundError, type OutboundReason } from './outbound-error.ts';
export { ownEndpoints } from './own-endpoints.ts';
export { reachHost, reachUrl } from './reach-host.ts';
export { resolveHost, resolveServer, type Lookup, type ResolvedHost } from './resolve-host.ts';
export { sendRequest, type OutboundAnswer, type OutboundRequest, type OutboundRules } from './send-request.ts';
