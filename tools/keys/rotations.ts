import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KEY_HOLDERS, SERVICES } from '@ushadow/testing/services';
import type { KeyHolder, SchemaName, ServiceName } from '@ushadow/testing/services';

/** One service's share of a rotation: its command, which reads and writes its own schema alone. */
export type Rotation = {
  readonly service: KeyHolder;
  readonly schema: SchemaName;
  /** Built entry point, from the root of the repository. */
  readonly entry: string;
  /** Names the database as the role of this service. */
  readonly urlVariable: string;
  /** Names its key ring; with `_FILE` or `_COMMAND` behind it, where that is kept. */
  readonly keysVariable: string;
  /** Names the ring that its audit is sealed with, in the same way. */
  readonly auditVariable: string;
};

const COMMAND = 'commands/rotate-keys/main';

/** Every service that has such a command: those that keep something under the key ring. */
export function rotations(root: string): readonly Rotation[] {
  return SERVICES.flatMap(({ name, entry, schema }) => {
    const folder = dirname(entry);
    const source = join(root, dirname(folder), 'src', `${COMMAND}.ts`);
    if (schema === undefined || !isHolder(name) || !existsSync(source)) return [];
    const prefix = schema.toUpperCase();
    const variables = {
      urlVariable: urlVariable(schema),
      keysVariable: `${prefix}_KEYS`,
      auditVariable: `${prefix}_AUDIT_KEYS`,
    };
    return { service: name, schema, entry: join(folder, `${COMMAND}.js`), ...variables };
  });
}

export function urlVariable(schema: SchemaName): string {
  return `${schema.toUpperCase()}_DATABASE_URL`;
}

function isHolder(name: ServiceName): name is KeyHolder {
  return (KEY_HOLDERS as readonly ServiceName[]).includes(name);
}
