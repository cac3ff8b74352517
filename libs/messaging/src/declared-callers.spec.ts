import { describe, expect, it } from '@jest/globals';
import { events, operations, type BusUser, type EventDefinition, type Operation } from '@ushadow/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const apps = join(import.meta.dirname, '..', '..', '..', 'apps');
const folders: Readonly<Record<BusUser, string>> = {
  gateway: 'gateway',
  cluster: 'cluster-service',
  compiler: 'compiler-service',
  scanner: 'scanner-service',
  deployer: 'deployer-service',
  operations: 'operations-service',
  notifier: 'notifier-service',
  access: 'access-service',
};
const users = Object.keys(folders) as BusUser[];
const sources = Object.fromEntries(users.map((user) => [user, sourceOf(user)])) as Record<BusUser, string>;

describe('what the contracts let a service do on the bus', () => {
  it.each(Object.entries(operations as unknown as Readonly<Record<string, Operation>>))(
    '%s: has those services for callers, beside the gateway, that call it',
    (id, { callers }) => {
      const declared = callers.filter((caller) => caller !== 'gateway');
      expect([...declared].sort()).toEqual(
        usersOf(`\\.call\\(\\s*operations\\.${id}\\b`).filter((user) => user !== 'gateway'),
      );
    },
  );

  it.each(Object.entries(events as unknown as Readonly<Record<string, EventDefinition>>))(
    '%s: reaches those who listen, and by nobody else',
    (id, { listeners }) => {
      expect([...listeners].sort()).toEqual(usersOf(`(listen\\(\\s*|event: )events\\.${id}\\b`));
    },
  );

  it.each(Object.entries(events as unknown as Readonly<Record<string, EventDefinition>>))(
    '%s: is sent by its publisher alone',
    (id, { publisher, delivery }) => {
      // What is published of a trail is published by the library, for the service in whose database it is.
      const own = `super\\(\\{[^}]*\\bservice: '${publisher}'`;
      expect(usersOf(delivery === 'audit' ? own : `(announce|store)\\(\\s*events\\.${id}\\b`)).toEqual([publisher]);
    },
  );
});

function usersOf(pattern: string): string[] {
  const expression = new RegExp(pattern);
  return users.filter((user) => expression.test(sources[user])).sort();
}

/** Text of the service itself and of what it takes over from here. */
function sourceOf(user: BusUser): string {
  const own = textsBelow(join(apps, folders[user], 'src')).join('\n');
  const forgets = own.includes('new ForgetRemovedClusters(');
  return forgets ? own + readFileSync(join(import.meta.dirname, 'forget-removed-clusters.ts'), 'utf8') : own;
}

function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.(spec|e2e))\.ts$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
