import { isDnsSubdomain } from '@ushadow/kubernetes';
import { eachRepeated, listAt, numberAt, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

const NAMESERVERS = 3;
const SEARCHES = 32;
const SEARCH_CHARACTERS = 2048;

export const podRules: readonly TypeRule[] = [
  {
    rule: 'containers',
    on: ['PodSpec'],
    check(spec, report) {
      const groups = ['containers', 'initContainers'] as const;
      if (Array.isArray(spec.containers) && spec.containers.length === 0)
        report('a pod needs a container', 'containers');
      const all = groups.flatMap((group) => objectsIn(spec[group]).map(([i, container]) => ({ group, i, container })));
      eachRepeated(
        all,
        ({ container }) => textAt(container.name),
        ({ group, i }, name) => report(`another container is called ${name}`, group, i, 'name'),
      );
    },
  },
  {
    rule: 'host-network',
    on: ['PodSpec'],
    check(spec, report, { object }) {
      if (spec.hostNetwork !== true) return;
      for (const [c, container] of objectsIn(spec.containers))
        for (const [p, port] of objectsIn(container.ports)) {
          const host = numberAt(port.hostPort) ?? 0;
          if (host !== 0 && host !== port.containerPort)
            report('must equal containerPort when hostNetwork is true', 'containers', c, 'ports', p, 'hostPort');
        }
      if (object.kind === 'Pod' || spec.hostUsers !== false) return;
      report('must not be false when hostNetwork is true', 'hostUsers');
    },
  },
  {
    rule: 'host-port',
    on: ['PodSpec'],
    check(spec, report) {
      const ports = objectsIn(spec.containers).flatMap(([c, container]) =>
        objectsIn(container.ports).map(([p, port]) => ({
          c,
          p,
          port,
          number:
            spec.hostNetwork === true
              ? (numberAt(port.hostPort) ?? numberAt(port.containerPort))
              : numberAt(port.hostPort),
        })),
      );
      eachRepeated(
        ports,
        ({ port, number }) =>
          number ? `${String(port.protocol ?? 'TCP')}/${textAt(port.hostIP) ?? ''}/${number}` : undefined,
        ({ c, p }) => report('another port of the pod has the same host port', 'containers', c, 'ports', p, 'hostPort'),
      );
    },
  },
  {
    rule: 'shared-process-namespace',
    on: ['PodSpec'],
    check({ hostPID, shareProcessNamespace }, report) {
      if (hostPID === true && shareProcessNamespace === true)
        report('cannot be true together with hostPID', 'shareProcessNamespace');
    },
  },
  {
    rule: 'grace-period',
    on: ['PodSpec'],
    check({ terminationGracePeriodSeconds }, report, { object }) {
      if (object.kind === 'Pod' && (numberAt(terminationGracePeriodSeconds) ?? 0) < 0)
        report('must not be negative', 'terminationGracePeriodSeconds');
    },
  },
  {
    rule: 'dns-config',
    on: ['PodSpec'],
    check({ dnsPolicy, dnsConfig }, report) {
      const { nameservers, searches, options } = objectAt(dnsConfig);
      if (dnsPolicy === 'None' && listAt(nameservers).length === 0)
        report('dnsPolicy None needs at least one nameserver', 'dnsConfig', 'nameservers');
      if (listAt(nameservers).length > NAMESERVERS)
        report(`must not have more than ${NAMESERVERS} entries`, 'dnsConfig', 'nameservers');
      const names = listAt(searches).map(String);
      if (names.length > SEARCHES) report(`must not have more than ${SEARCHES} entries`, 'dnsConfig', 'searches');
      if (names.join(' ').length > SEARCH_CHARACTERS)
        report(`must not have more than ${SEARCH_CHARACTERS} characters together`, 'dnsConfig', 'searches');
      names.forEach((name, i) => {
        const plain = name.replace(/\.$/, '').replaceAll('_', '-');
        if (name !== '.' && !isDnsSubdomain(plain.replace(/(^|\.)-/g, '$1x')))
          report('must be a DNS name', 'dnsConfig', 'searches', i);
      });
      for (const [i, option] of objectsIn(options))
        if (textAt(option.name) === undefined) report('name is required', 'dnsConfig', 'options', i, 'name');
    },
  },
];
