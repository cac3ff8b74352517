import { lastTypeWord } from './type-of-words.ts';

/**
 * Words that mark what stands beside a database and is not one: exporters, operators, user interfaces, tools; and
 * servers of other kinds that use the same ports.
 */
const auxiliaryWords = new Set([
  ...['activemq', 'admin', 'adminer', 'adminmongo', 'agent', 'akhq', 'apm', 'artemis', 'attu', 'backup', 'backups'],
  ...['beat', 'box', 'bridge', 'browser', 'burrow', 'cerebro', 'cli', 'client', 'cmak', 'commander', 'compass'],
  ...['connect', 'connector', 'console', 'couchbase', 'crate', 'cratedb', 'cron', 'cruise', 'dashboard', 'dashboards'],
  ...['debezium', 'dump', 'editor', 'elastichq', 'elasticvue', 'explorer', 'exporter', 'express', 'filebeat', 'fleet'],
  ...['gatekeeper', 'gateway', 'gui', 'init', 'insight', 'job', 'kafdrop', 'keeper', 'kibana', 'kminion', 'kowl'],
  ...['ksql', 'ksqldb', 'logstash', 'maker', 'manager', 'mc', 'memgraph', 'metricbeat', 'metrics', 'migrate'],
  ...['migration', 'migrations', 'migrator', 'mirrormaker', 'mongoku', 'monitor', 'monitoring', 'neodash'],
  ...['nosqlclient', 'operator', 'operators', 'pgadmin', 'pgbackrest', 'pgbouncer', 'pgcat', 'pghero', 'pgweb'],
  ...['phpmyadmin', 'phppgadmin', 'phpredisadmin', 'pmm', 'pooler', 'probe', 'prometheus', 'provisioner', 'proxy'],
  ...['qpid', 'registry', 'redisinsight', 'reloader', 'rest', 'restore', 'schema', 'seed', 'seeder', 'setup'],
  ...['sidecar', 'surveyor', 'sync', 'tabix', 'tools', 'ui', 'viewer', 'web', 'webhook', 'webui', 'worker'],
  ...['zookeeper'],
]);

/** Such a word anywhere: of an image every word counts. */
export function auxiliaryWord(words: readonly string[]): string | undefined {
  return words.find((word) => auxiliaryWords.has(word));
}

/**
 * Such a word in a name, or in a name without a type. Before the type it says whose it is: `web-postgres` is a
 * database, `postgres-web` is none.
 */
export function auxiliaryInName(words: readonly string[]): string | undefined {
  return lastTypeWord(words) === undefined ? auxiliaryWord(words) : auxiliaryAfterType(words);
}

/** Such a word behind the word for a type: `REDIS_EXPORTER_URL`. `except`: words that the type has a use for itself. */
export function auxiliaryAfterType(words: readonly string[], except: readonly string[] = []): string | undefined {
  const last = lastTypeWord(words);
  if (last === undefined) return undefined;
  return auxiliaryWord(words.slice(words.lastIndexOf(last) + 1).filter((word) => !except.includes(word)));
}
