import { isAddress } from '../emit/pod-network.ts';
import type { ServiceRule } from './rule.ts';

const DOCKER = /(?<![\w.-])(127\.0\.0\.11|(?:host|gateway)\.docker\.internal)(?![\w-]|\.\w)/g;

/** Docker's name server and its names for the machine, in any text of the service. */
export const dockerNames: ServiceRule = ({ service, texts }, { report }) => {
  const given = new Set(
    service.membership.hosts.filter(({ addresses }) => addresses.some(isAddress)).map(({ name }) => name),
  );
  for (const { text, where, path } of texts) {
    const names = new Set([...text.matchAll(DOCKER)].map(([, name = '']) => name));
    for (const name of names) if (!given.has(name)) report('CMP0413', path, { service: service.name, name, where });
  }
};
