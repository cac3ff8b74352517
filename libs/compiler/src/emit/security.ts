import type { AppService } from '../model/app.ts';
import type { Draft } from './sourced.ts';
import { filled, from, some } from './sourced.ts';

export function containerSecurity(service: AppService): Draft {
  const { security, path } = service;
  const at = (key: string, value: Draft): Draft => (value === undefined ? undefined : from(`${path}/${key}`, value));
  const [uid, gid] = numericUser(security.user);
  return filled({
    runAsUser: at('user', uid),
    runAsGroup: at('user', gid),
    privileged: at('privileged', security.privileged ? true : undefined),
    readOnlyRootFilesystem: at('read_only', security.readOnlyRoot ? true : undefined),
    capabilities: filled({
      add: at('cap_add', some(security.addCapabilities)),
      drop: at('cap_drop', some(security.dropCapabilities)),
    }),
  });
}

/** User and group when the text is `uid` or `uid:gid`. */
export function numericUser(user: string | undefined): readonly [number | undefined, number | undefined] {
  const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(user ?? '');
  return match === null
    ? [undefined, undefined]
    : [Number(match[1]), match[2] === undefined ? undefined : Number(match[2])];
}
