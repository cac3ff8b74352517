export { readProxyLabels } from './read-proxy-labels.ts';
export { chooseRoute, matches } from './matches.ts';
export type { RequestHead } from './matches.ts';
export { PROXY_RULES } from './proxy-rules.ts';
export type { ProxyFinding, ProxyReading } from './proxy-reading.ts';
export type { LabelledService } from './labelled-service.ts';
export type { ProxyRoute, RouteTls } from './proxy-route.ts';
export type { CorsAnswer, HeaderChange, RouteFilter } from './route-filter.ts';
export type { Alternative, Condition, Matcher } from './condition.ts';
