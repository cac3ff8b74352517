import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SERVICES } from '@ushadow/testing/services';
import type { SchemaName, ServiceName } from '@ushadow/testing/services';

/** One service's share of a rotation: its command, which reads and writes its own schema alone. */
export type Rotation = {
  readonly service: ServiceName;
  readonly schema: SchemaName;
  /** Built entry point, from the root of the repository. */
  readonly entry: string;
  /** Names the database as the role of this service. */
  readonly urlVariable: string;
};

const COMMAND = 'commands/rotate-keys/main';

/** Every service that has such a command: those that keep something under the key ring. */
export function rotations(root: string): readonly Rotation[] {
  return SERVICES.flatMap(({ name, entry, schema }) => {
    const folder = dirname(entry);
    const source = join(root, dirname(folder), 'src', `${COMMAND}.ts`);
    if (schema === undefined || !existsSync(source)) return [];
    return { service: name, schema, entry: join(folder, `${COMMAND}.js`), urlVariable: urlVariable(schema) };
  });
}

export function urlVariable(schema: SchemaName): string {
  return `${schema.toUpperCase()}_DATABASE_URL`;
}
