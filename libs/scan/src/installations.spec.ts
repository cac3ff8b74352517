import { describe, expect, it } from '@jest/globals';
import { kafkaInstallations } from '../testing/installations/kafka.ts';
import { mongoInstallations } from '../testing/installations/mongo.ts';
import { mysqlInstallations } from '../testing/installations/mysql.ts';
import { otherInstallations } from '../testing/installations/others.ts';
import { postgresInstallations } from '../testing/installations/postgres.ts';
import { redisInstallations } from '../testing/installations/redis.ts';
import { searchAndStorageInstallations } from '../testing/installations/search-and-storage.ts';
import type { Installation } from '../testing/installations/installation.ts';
import { scanServices, type ScanInput } from './scan-services.ts';

const all = [
  ...postgresInstallations,
  ...redisInstallations,
  ...mongoInstallations,
  ...mysqlInstallations,
  ...kafkaInstallations,
  ...searchAndStorageInstallations,
  ...otherInstallations,
];

function chosen(objects: ScanInput): string[] {
  return Object.values(scanServices(objects).infra)
    .filter((result) => result.found)
    .map(
      ({ type, service_name, endpoints }) => `${type}=${service_name ?? ''}:${endpoints[0]?.split(':').at(-1) ?? ''}`,
    );
}
function offered(objects: ScanInput): string[] {
  return Object.values(scanServices(objects).infra).flatMap(({ service_name, alternatives }) => [
    ...(service_name === null ? [] : [service_name]),
    ...alternatives.map((one) => one.service_name),
  ]);
}
function reversed({ services, ...others }: ScanInput): ScanInput {
  const lists = Object.entries(others).map(([name, list]) => [name, [...(list as readonly unknown[])].reverse()]);
  return { services: [...services].reverse(), ...(Object.fromEntries(lists) as Omit<ScanInput, 'services'>) };
}
const names = (installation: Installation): [string, Installation] => [installation.made, installation];

describe('M8: of what charts and operators make, the Service that applications use is chosen', () => {
  it.each(all.map(names))('%s', (_made, { objects, chosen: expected }) => {
    expect(chosen(objects)).toEqual(expected);
  });

  it.each(all.map(names))('in any order: %s', (_made, { objects, chosen: expected }) => {
    expect(chosen(reversed(objects))).toEqual(expected);
  });

  it.each(all.filter(({ never }) => never !== undefined).map(names))(
    'I17: what stands beside it is not even offered: %s',
    (_made, { objects, never = [] }) => {
      expect(offered(objects).filter((name) => never.includes(name))).toEqual([]);
    },
  );

  it.each(all.map(names))(
    'D7: never another one because pods may not be seen: %s',
    (_made, { objects, chosen: expected }) => {
      const unseen = chosen({ ...objects, pods: [], endpointSlices: [] });
      expect(unseen.filter((one) => !expected.includes(one))).toEqual([]);
    },
  );
});
