/** Labels by which people, charts and operators say what something is. */
export const namingLabels = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
  'app',
  'application',
  'k8s-app',
  'component',
  'io.kompose.service',
  'com.docker.compose.service',
  'common.k8s.elastic.co/type',
  'strimzi.io/component-type',
] as const;

/** Labels that all Services of one installation share, the most exact first. */
export const installationLabels = [
  'cnpg.io/cluster',
  'cluster-name',
  'postgres-operator.crunchydata.com/cluster',
  'stackgres.io/cluster-name',
  'strimzi.io/cluster',
  'mysql.oracle.com/cluster',
  'elasticsearch.k8s.elastic.co/cluster-name',
  'clickhouse.altinity.com/chi',
  'redisfailovers.databases.spotahome.com/name',
  'v1.min.io/tenant',
  'app.kubernetes.io/instance',
  'release',
] as const;

export const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Keys whose value is the part something plays: `spilo-role`, `cnpg.io/instanceRole`, `app.kubernetes.io/component`. */
const rolePattern = /(role|component)$/i;

const kept = new Set<string>([...namingLabels, ...installationLabels, MANAGED_BY]);

export const isRoleLabel = (key: string): boolean => rolePattern.test(key);
export const isEvidenceLabel = (key: string): boolean => kept.has(key) || isRoleLabel(key);
