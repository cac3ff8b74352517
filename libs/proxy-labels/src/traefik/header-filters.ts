import type { CorsAnswer, HeaderChange, Origin, RouteFilter } from '../route-filter.ts';
import type { LabelNode } from './label-node.ts';
import { childrenOf, within } from './label-node.ts';
import { flagOf, listOf } from './values.ts';

/** A middleware of type `headers` does up to four things, in this order. */
export function headerFilters(origin: Origin, type: LabelNode): readonly RouteFilter[] {
  const cors = corsOf(type);
  const request = changeOf('request-headers', within(type, 'customrequestheaders'), {});
  const response = changeOf('response-headers', within(type, 'customresponseheaders'), securityHeaders(type));
  return [
    ...(cors === undefined ? [] : [{ ...origin, ...cors }]),
    ...(request === undefined ? [] : [{ ...origin, ...request }]),
    ...(response === undefined ? [] : [{ ...origin, ...response }]),
    ...othersOf(type).map((name): RouteFilter => ({ ...origin, kind: 'other', type: `headers.${name}` })),
  ];
}

/** An empty value removes the header. */
function changeOf(
  kind: HeaderChange['kind'],
  custom: LabelNode | undefined,
  first: Readonly<Record<string, string>>,
): HeaderChange | undefined {
  const set = new Map(Object.entries(first));
  const remove: string[] = [];
  for (const { name, value = '' } of childrenOf(custom)) {
    if (value === '') remove.push(name);
    else set.set(name, value);
  }
  return set.size + remove.length === 0 ? undefined : { kind, set: Object.fromEntries(set), remove };
}

function corsOf(type: LabelNode): CorsAnswer | undefined {
  if (![...type.children.keys()].some((name) => name.startsWith('accesscontrol'))) return undefined;
  const maxAge = within(type, 'accesscontrolmaxage')?.value;
  return {
    kind: 'cors',
    origins: listOf(within(type, 'accesscontrolalloworiginlist')),
    originPatterns: listOf(within(type, 'accesscontrolalloworiginlistregex')),
    methods: listOf(within(type, 'accesscontrolallowmethods')),
    headers: listOf(within(type, 'accesscontrolallowheaders')),
    exposed: listOf(within(type, 'accesscontrolexposeheaders')),
    credentials: flagOf(within(type, 'accesscontrolallowcredentials')?.value) === true,
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
  };
}

/** Options that set one header of the answer. */
const TEXTS: Readonly<Record<string, string>> = {
  contentsecuritypolicy: 'Content-Security-Policy',
  contentsecuritypolicyreportonly: 'Content-Security-Policy-Report-Only',
  referrerpolicy: 'Referrer-Policy',
  permissionspolicy: 'Permissions-Policy',
  customframeoptionsvalue: 'X-Frame-Options',
  custombrowserxssvalue: 'X-XSS-Protection',
};
const FLAGS: Readonly<Record<string, readonly [header: string, value: string]>> = {
  framedeny: ['X-Frame-Options', 'DENY'],
  contenttypenosniff: ['X-Content-Type-Options', 'nosniff'],
  browserxssfilter: ['X-XSS-Protection', '1; mode=block'],
};

function securityHeaders(type: LabelNode): Readonly<Record<string, string>> {
  const set: Record<string, string> = {};
  for (const [option, [header, value]] of Object.entries(FLAGS)) {
    if (flagOf(within(type, option)?.value) === true) set[header] = value;
  }
  for (const [option, header] of Object.entries(TEXTS)) {
    const value = within(type, option)?.value ?? '';
    if (value !== '') set[header] = value;
  }
  const transport = transportSecurity(type);
  if (transport !== undefined) set['Strict-Transport-Security'] = transport;
  return set;
}

/** Browsers heed it over TLS only, so that it may be said always. */
function transportSecurity(type: LabelNode): string | undefined {
  const seconds = Number(within(type, 'stsseconds')?.value ?? 0);
  if (seconds <= 0 || isOn(type, 'isdevelopment')) return undefined;
  const subdomains = isOn(type, 'stsincludesubdomains') ? '; includeSubDomains' : '';
  return `max-age=${seconds}${subdomains}${isOn(type, 'stspreload') ? '; preload' : ''}`;
}

/** Options that are no header, where they are switched on. */
const OTHERS = [
  'allowedHosts',
  'hostsProxyHeaders',
  'sslProxyHeaders',
  'sslRedirect',
  'sslTemporaryRedirect',
  'sslHost',
  'sslForceHost',
  'publicKey',
  'featurePolicy',
];

function othersOf(type: LabelNode): readonly string[] {
  return OTHERS.filter((name) => {
    const node = within(type, name.toLowerCase());
    return node !== undefined && flagOf(node.value) !== false;
  });
}

function isOn(type: LabelNode, option: string): boolean {
  return flagOf(within(type, option)?.value) === true;
}
