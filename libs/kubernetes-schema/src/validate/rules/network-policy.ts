import { isSet, numberAt, objectAt } from '../../shape.ts';
import type { TypeRule } from '../type-rule.ts';

export const networkPolicyRules: readonly TypeRule[] = [
  {
    rule: 'network-peer',
    on: ['NetworkPolicyPeer'],
    check({ podSelector, namespaceSelector, ipBlock }, report) {
      if (!isSet(podSelector) && !isSet(namespaceSelector) && !isSet(ipBlock))
        report('must have a podSelector, a namespaceSelector or an ipBlock');
      else if (isSet(ipBlock) && (isSet(podSelector) || isSet(namespaceSelector)))
        report('ipBlock may not stand beside a selector');
      if (isSet(ipBlock) && objectAt(ipBlock).cidr === '') report('is required', 'ipBlock', 'cidr');
    },
  },
  {
    rule: 'network-port',
    on: ['NetworkPolicyPort'],
    check({ port, endPort }, report) {
      if (port === '') report('must be a number or a name', 'port');
      if (!isSet(endPort)) return;
      if (typeof port !== 'number') report('needs port to be a number', 'endPort');
      else if ((numberAt(endPort) ?? 0) < port) report('must not be less than port', 'endPort');
    },
  },
  {
    rule: 'policy-types',
    on: ['NetworkPolicySpec'],
    check({ policyTypes }, report) {
      if (Array.isArray(policyTypes) && policyTypes.length > 2)
        report('must not have more than two entries', 'policyTypes');
    },
  },
];
