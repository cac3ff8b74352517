import { withSecrets } from '../sensitive/secret-placeholders.ts';
import type { DesignRule } from './rule.ts';

/** What a program is started with ends at a NUL; a runtime refuses to start it. */
export const nulCharacters: DesignRule = ({ services, placeholders }, { report }) => {
  for (const { service } of services) {
    const { process, path } = service;
    const texts = [
      ...service.environment.map(({ name, value, path: at }) => ({ where: `variable ${name}`, text: value, at })),
      ...(process.entrypoint ?? []).map((text) => ({ where: 'entrypoint', text, at: `${path}/entrypoint` })),
      ...(process.command ?? []).map((text) => ({ where: 'command', text, at: `${path}/command` })),
    ];
    for (const { where, text, at } of texts) {
      if (withSecrets(text, placeholders).includes('\0')) report('CMP0453', at, { service: service.name, where });
    }
  }
};
