import type { CorsAnswer } from '@ushadow/proxy-labels';
import type { HeaderSet, HttpRule, PathChange } from '../../model/routes.ts';
import type { DraftRecord } from '../sourced.ts';
import { some } from '../sourced.ts';

/** The filters of a rule of an HTTPRoute. */
export function httpFilters(rule: HttpRule): readonly DraftRecord[] {
  const { cors, requestHeaders, responseHeaders, path, redirect } = rule;
  const filters: readonly (DraftRecord | undefined)[] = [
    cors && { type: 'CORS', cors: corsOf(cors) },
    requestHeaders && { type: 'RequestHeaderModifier', requestHeaderModifier: headersOf(requestHeaders) },
    responseHeaders && { type: 'ResponseHeaderModifier', responseHeaderModifier: headersOf(responseHeaders) },
    path && { type: 'URLRewrite', urlRewrite: { path: pathOf(path) } },
    redirect && { type: 'RequestRedirect', requestRedirect: redirectOf(redirect) },
  ];
  return filters.filter((filter) => filter !== undefined);
}

function headersOf({ set, remove }: HeaderSet): DraftRecord {
  return {
    set: some(Object.entries(set).map(([name, value]) => ({ name, value }))),
    remove: some(remove),
  };
}

function pathOf({ kind, value }: PathChange): DraftRecord {
  return kind === 'full'
    ? { type: 'ReplaceFullPath', replaceFullPath: value }
    : { type: 'ReplacePrefixMatch', replacePrefixMatch: value };
}

function redirectOf({ scheme, port, permanent }: NonNullable<HttpRule['redirect']>): DraftRecord {
  return { scheme, port, statusCode: permanent ? 301 : 302 };
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

function corsOf({ origins, methods, headers, exposed, credentials, maxAge }: CorsAnswer): DraftRecord {
  return {
    allowOrigins: some(unique(origins)),
    allowMethods: some(unique(methods)),
    allowHeaders: some(unique(headers)),
    exposeHeaders: some(unique(exposed)),
    allowCredentials: credentials ? true : undefined,
    maxAge,
  };
}
