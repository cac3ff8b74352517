import type { JsonObject } from '@ushadow/kubernetes';
import { eachRepeated, isSet, objectAt, objectsIn } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

/** Rules that the custom resource writes in CEL, for the parts we emit. */
export const httpRouteRules: readonly TypeRule[] = [
  {
    rule: 'route-parent',
    on: ['HTTPRouteSpec', 'TCPRouteSpec', 'TLSRouteSpec', 'UDPRouteSpec'],
    check({ parentRefs }, report) {
      const key = (ref: JsonObject): string =>
        JSON.stringify(
          [ref.group, ref.kind, ref.namespace, ref.name, ref.sectionName, ref.port].map((part) => part ?? ''),
        );
      eachRepeated(
        objectsIn(parentRefs),
        ([, ref]) => key(ref),
        ([i]) => report('another entry names the same parent', 'parentRefs', i),
      );
    },
  },
  {
    rule: 'route-path',
    on: ['HTTPRouteSpecRulesMatchesPath'],
    check({ type, value }, report) {
      if (type === 'RegularExpression' || typeof value !== 'string') return;
      if (!value.startsWith('/')) report('must begin with /', 'value');
      for (const part of ['//', '/./', '/../', '%2f', '%2F', '#'])
        if (value.includes(part)) report(`must not contain ${part}`, 'value');
      for (const end of ['/..', '/.']) if (value.endsWith(end)) report(`must not end with ${end}`, 'value');
      if (!/^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@#]|%[0-9a-fA-F]{2})+$/.test(value))
        report('must have characters of a path only, others encoded', 'value');
    },
  },
  {
    rule: 'route-backend',
    on: [
      'HTTPRouteSpecRulesBackendRefs',
      'TCPRouteSpecRulesBackendRefs',
      'TLSRouteSpecRulesBackendRefs',
      'UDPRouteSpecRulesBackendRefs',
    ],
    check({ group, kind, port }, report) {
      const isService = (!isSet(group) || group === '') && (!isSet(kind) || kind === 'Service');
      if (isService && !isSet(port)) report('is required for a Service', 'port');
    },
  },
  {
    rule: 'route-rewrite',
    on: ['HTTPRouteSpecRules'],
    check({ filters, matches }, report) {
      const replaces = objectsIn(filters).some(([, { urlRewrite }]) =>
        isSet(objectAt(objectAt(urlRewrite).path).replacePrefixMatch),
      );
      const [only, ...others] = objectsIn(matches);
      // What is absent is filled in: one match of a prefix.
      const isOne = others.length === 0 && (objectAt(only?.[1].path).type ?? 'PathPrefix') === 'PathPrefix';
      if (replaces && !isOne) report('must be one, of a prefix, where that is replaced', 'matches');
    },
  },
  {
    rule: 'route-backend',
    on: ['HTTPRouteSpecRules'],
    check({ filters, backendRefs }, report) {
      const redirects = objectsIn(filters).some(
        ([, filter]) => isSet(objectAt(filter.requestRedirect)) && filter.type === 'RequestRedirect',
      );
      if (redirects && objectsIn(backendRefs).length > 0) report('may not stand beside a redirect', 'backendRefs');
    },
  },
];
