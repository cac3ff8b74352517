import { isSet, listAt, numberAt, objectAt, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

const forbidden = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenEnds = ['/..', '/.'];

export const ingressRules: readonly TypeRule[] = [
  {
    rule: 'ingress-rules',
    on: ['IngressSpec'],
    check({ rules, defaultBackend }, report) {
      if (listAt(rules).length === 0 && !isSet(defaultBackend)) report('must have rules or a defaultBackend');
    },
  },
  {
    rule: 'ingress-rules',
    on: ['HTTPIngressRuleValue'],
    check({ paths }, report) {
      if (Array.isArray(paths) && paths.length === 0) report('must not be empty', 'paths');
    },
  },
  {
    rule: 'ingress-path',
    on: ['HTTPIngressPath'],
    check({ path, pathType }, report) {
      const text = textAt(path) ?? '';
      const free = pathType === 'ImplementationSpecific';
      if (!text.startsWith('/') && !(free && text === '')) report('must begin with /', 'path');
      if (free) return;
      for (const part of forbidden) if (text.includes(part)) report(`must not contain ${part}`, 'path');
      for (const end of forbiddenEnds) if (text.endsWith(end)) report(`must not end with ${end}`, 'path');
    },
  },
  {
    rule: 'ingress-backend',
    on: ['IngressBackend'],
    check({ service, resource }, report) {
      if (isSet(service) === isSet(resource)) report('must have either service or resource');
      if (!isSet(service)) return;
      const { name, port } = objectAt(service);
      const { name: portName, number } = objectAt(port);
      const given = Number(textAt(portName) !== undefined) + Number((numberAt(number) ?? 0) !== 0);
      if (textAt(name) === undefined) report('is required', 'service', 'name');
      if (given !== 1) report('must have either a name or a number', 'service', 'port');
    },
  },
];
