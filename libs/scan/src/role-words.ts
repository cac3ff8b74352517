/** Words by which a Service of several says that it leads to where one may write, or in front of all members. */
export const entryWords: ReadonlySet<string> = new Set([
  'rw',
  'primary',
  'master',
  'leader',
  'writer',
  'write',
  'bootstrap',
  'mongos',
  'pgpool',
  'router',
  'haproxy',
  'proxysql',
  'maxscale',
]);

/** Words of Services that lead to copies. */
export const readOnlyWords: ReadonlySet<string> = new Set([
  'ro',
  'r',
  'read',
  'reader',
  'readonly',
  'repl',
  'replica',
  'replicas',
  'slave',
  'slaves',
  'secondary',
  'secondaries',
  'standby',
  'follower',
  'followers',
  'arbiter',
  'hidden',
]);

/** Words of Services that members use among themselves, or that lead to one of them alone. */
export const memberWords: ReadonlySet<string> = new Set([
  'headless',
  'hl',
  'nodes',
  'pods',
  'members',
  'instances',
  'brokers',
  'broker',
  'controller',
  'internal',
  'announce',
  'unready',
  'peer',
  'peers',
  'gossip',
  'discovery',
  'config',
  'cfg',
  'configsvr',
]);

export const roleWords: ReadonlySet<string> = new Set([...entryWords, ...readOnlyWords, ...memberWords]);
