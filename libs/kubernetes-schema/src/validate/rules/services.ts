import { isDnsSubdomain } from '@ushadow/kubernetes';
import type { JsonObject } from '@ushadow/kubernetes';
import { isIp } from '../formats.ts';
import { eachRepeated, isSet, listAt, numberAt, objectAt, objectsIn, textAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

const isHeadless = (spec: JsonObject): boolean => spec.clusterIP === 'None' || listAt(spec.clusterIPs)[0] === 'None';
const typeOf = (spec: JsonObject): string => textAt(spec.type) ?? 'ClusterIP';
const protocolOf = (port: JsonObject): string => textAt(port.protocol) ?? 'TCP';

export const serviceRules: readonly TypeRule[] = [
  {
    rule: 'service-type',
    on: ['ServiceSpec'],
    check(spec, report) {
      const type = typeOf(spec);
      if (objectsIn(spec.ports).length === 0 && !isHeadless(spec) && type !== 'ExternalName')
        report('only a headless Service can be without ports', 'ports');
      if (isHeadless(spec) && (type === 'LoadBalancer' || type === 'NodePort'))
        report(`must not be None when type is ${type}`, 'clusterIP');
      const address = textAt(spec.clusterIP);
      if (address !== undefined && address !== 'None' && !isIp(address))
        report('must be None or an IP address', 'clusterIP');
    },
  },
  {
    rule: 'external-name',
    on: ['ServiceSpec'],
    check(spec, report) {
      if (typeOf(spec) !== 'ExternalName') return;
      const name = textAt(spec.externalName)?.replace(/\.$/, '');
      if (name === undefined || !isDnsSubdomain(name)) report('must be a DNS name', 'externalName');
      for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] as const)
        if (isSet(spec[field]) && spec[field] !== '') report('may not be set when type is ExternalName', field);
    },
  },
  {
    rule: 'load-balancer',
    on: ['ServiceSpec'],
    check(spec, report) {
      if (typeOf(spec) === 'LoadBalancer') return;
      for (const field of ['loadBalancerClass', 'loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts'] as const)
        if (isSet(spec[field]) && !(Array.isArray(spec[field]) && listAt(spec[field]).length === 0))
          report('is only for type LoadBalancer', field);
    },
  },
  {
    rule: 'traffic-policy',
    on: ['ServiceSpec'],
    check(spec, report) {
      const outward =
        typeOf(spec) === 'LoadBalancer' || typeOf(spec) === 'NodePort' || listAt(spec.externalIPs).length > 0;
      if (textAt(spec.externalTrafficPolicy) !== undefined && !outward)
        report('is only for a Service that is reached from outside', 'externalTrafficPolicy');
      const local = typeOf(spec) === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
      if ((numberAt(spec.healthCheckNodePort) ?? 0) !== 0 && !local)
        report('is only for type LoadBalancer with externalTrafficPolicy Local', 'healthCheckNodePort');
    },
  },
  {
    rule: 'session-affinity',
    on: ['ServiceSpec'],
    check(spec, report) {
      const seconds = numberAt(objectAt(objectAt(spec.sessionAffinityConfig).clientIP).timeoutSeconds);
      if (spec.sessionAffinity === 'ClientIP' && seconds !== undefined && (seconds <= 0 || seconds > 86_400))
        report('must lie between 1 and 86400', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
    },
  },
];

export const servicePortRules: readonly TypeRule[] = [
  {
    rule: 'service-ports',
    on: ['ServiceSpec'],
    check(spec, report) {
      const ports = objectsIn(spec.ports);
      if (ports.length > 1)
        for (const [i, port] of ports)
          if (textAt(port.name) === undefined) report('is required when there are several ports', 'ports', i, 'name');
      eachRepeated(
        ports,
        ([, port]) => textAt(port.name),
        ([i], name) => report(`another port is called ${name}`, 'ports', i, 'name'),
      );
      eachRepeated(
        ports,
        ([, port]) => (numberAt(port.nodePort) ? `${protocolOf(port)}/${String(port.nodePort)}` : undefined),
        ([i]) => report('another port has the same node port', 'ports', i, 'nodePort'),
      );
    },
  },
  {
    rule: 'service-ports',
    on: ['ServiceSpec'],
    check(spec, report) {
      const type = typeOf(spec);
      for (const [i, port] of objectsIn(spec.ports))
        if ((numberAt(port.nodePort) ?? 0) !== 0 && (type === 'ClusterIP' || type === 'ExternalName'))
          report(`may not be set when type is ${type}`, 'ports', i, 'nodePort');
    },
  },
];
