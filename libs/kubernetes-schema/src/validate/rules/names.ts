import { isDnsLabel, isDnsSubdomain, isLabelKey } from '@ushadow/kubernetes';
import { isAtLeast } from '../../schema/kube-version.ts';
import { objectAt, textAt } from '../../shape.ts';
import type { RuleSite, TypeRule } from '../type-rule.ts';

interface NameForm {
  readonly on: readonly string[];
  readonly message: string;
  test(name: string, site: RuleSite): boolean;
}

/** Any text that can be one step of a URL path. */
export const isPathSegment = (name: string): boolean => name !== '.' && name !== '..' && !/[/%]/.test(name);

const subdomain =
  'must be an RFC 1123 subdomain: at most 253 of a-z, 0-9, - and ., a letter or digit at both ends of every part';

const forms: readonly NameForm[] = [
  {
    on: [
      'ConfigMap',
      'Secret',
      'ServiceAccount',
      'PersistentVolume',
      'PersistentVolumeClaim',
      'Deployment',
      'DaemonSet',
      'Pod',
      'Ingress',
      'NetworkPolicy',
      'HorizontalPodAutoscaler',
      'EndpointSlice',
      'HTTPRoute',
      'TCPRoute',
      'TLSRoute',
      'UDPRoute',
    ],
    message: subdomain,
    test: isDnsSubdomain,
  },
  {
    on: ['Namespace', 'StatefulSet'],
    message: 'must be an RFC 1123 label: at most 63 of a-z, 0-9 and -, a letter or digit at both ends',
    test: (name) => isDnsLabel(name),
  },
  {
    on: ['Service'],
    message:
      'must be a DNS label of at most 63 of a-z, 0-9 and -, a letter or digit at both ends (before 1.36 a letter first)',
    test: (name, { version }) => isDnsLabel(name, isAtLeast(version, '1.36') ? 'rfc1123' : 'rfc1035'),
  },
  // A Job's pods carry its name as a label, and a CronJob adds 11 characters to make a Job's name.
  { on: ['Job'], message: `${subdomain}; a Job at most 63`, test: (name) => isDnsSubdomain(name) && name.length <= 63 },
  {
    on: ['CronJob'],
    message: `${subdomain}; a CronJob at most 52`,
    test: (name) => isDnsSubdomain(name) && name.length <= 52,
  },
  {
    on: ['Role', 'RoleBinding', 'PodDisruptionBudget'],
    message: 'must not be . or .. or contain / or %',
    test: isPathSegment,
  },
];

const clusterScoped = ['Namespace', 'PersistentVolume'];

export const nameRules: readonly TypeRule[] = [
  ...forms.map(({ on, message, test }): TypeRule => ({
    rule: 'object-name',
    on,
    check(value, report, site) {
      const metadata = objectAt(value.metadata);
      const name = textAt(metadata.name);
      if (name === undefined && textAt(metadata.generateName) === undefined)
        report('name is required', 'metadata', 'name');
      else if (name !== undefined && !test(name, site)) report(message, 'metadata', 'name');
    },
  })),
  {
    rule: 'cluster-scoped',
    on: clusterScoped,
    check(value, report) {
      if (textAt(objectAt(value.metadata).namespace) !== undefined)
        report('a cluster-scoped object has no namespace', 'metadata', 'namespace');
    },
  },
  {
    rule: 'finalizer',
    on: ['ObjectMeta'],
    check(value, report) {
      if (!Array.isArray(value.finalizers)) return;
      value.finalizers.forEach((name, i) => {
        if (typeof name === 'string' && !isLabelKey(name)) report('must have the form of a label key', 'finalizers', i);
      });
    },
  },
];
