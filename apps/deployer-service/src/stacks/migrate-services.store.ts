import type { InventoryEntry } from '@ushadow/deploy-engine';
import type { CompileResult } from '@ushadow/compiler';
import type { UsedVariableData } from '@ushadow/contracts';
import { valueAt, type KubeObject } from '@ushadow/kubernetes';
import { noSql, sql, type Queries } from '@ushadow/postgres';
import { mergeContent } from '../content/merge-content.ts';
import type { OwnedEntry } from '../content/owned-entry.ts';
import { NO_CONTENT, type ServiceContent, type StackUpdate } from '../content/stack-content.ts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import { lockStack } from '../deployments/store/status.store.ts';
import type { Database } from '../store/database.store.ts';

/** In a transaction as long as there is to decrypt; the service does nothing else meanwhile. */
const LIMIT_MS = 120_000;

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly project: string;
  readonly services: readonly string[];
  readonly status: string;
  readonly desired: string;
  readonly inventory: readonly InventoryEntry[] | null;
}

/** What was kept of one compiled service before there were stacks. */
interface CompiledService extends Pick<CompileResult, 'objects' | 'dependencies'> {
  readonly sourceMap?: CompileResult['sourceMap'];
  readonly environment?: readonly UsedVariableData[];
}

/** Turns what was kept by service into revisions of its stack: it takes the keys, so the database alone cannot. */
export async function migrateServices({ postgres }: Database, cipher: DesiredStateCipher): Promise<number> {
  const stacks = await postgres.rows<{ stackId: string }>(sql`
    SELECT DISTINCT stack_id AS "stackId" FROM deployments.deployments WHERE is_of_service`);
  for (const { stackId } of stacks) {
    await postgres.transaction((queries) => migrateStack(stackId, queries, cipher), { limitMs: LIMIT_MS });
  }
  return stacks.length;
}

async function migrateStack(stackId: string, queries: Queries, cipher: DesiredStateCipher) {
  await lockStack(queries, { stackId });
  const rows = await queries.rows<Row>(sql`
    SELECT id, kind, project, services, status, desired, inventory FROM deployments.deployments
     WHERE stack_id = ${stackId}::uuid AND is_of_service ORDER BY revision`);
  let content = NO_CONTENT;
  const inventories = new Map<string, readonly OwnedEntry[]>();
  for (const row of rows) {
    const [service = ''] = row.services;
    const update = updateOf(row, service, JSON.parse(cipher.decryptText(row.id, row.desired)) as CompiledService);
    if (row.inventory !== null) {
      const owned = row.inventory.map((entry) => ({ ...entry, services: [service] }));
      inventories.set(service, owned);
    }
    const isGood = row.status === 'succeeded';
    if (isGood) content = mergeContent(content, update);
    const inventory = row.inventory === null ? null : JSON.stringify([...inventories.values()].flat());
    const good = isGood
      ? sql`, content = ${cipher.encryptContent(row.id, content)}, after_digest = ${cipher.contentDigest(content)}`
      : noSql;
    await queries.count(sql`
      UPDATE deployments.deployments
         SET is_of_service = false, desired = ${cipher.encryptUpdate(row.id, update)}, inventory = ${inventory}::jsonb${good}
       WHERE id = ${row.id}::uuid`);
  }
}

function updateOf({ kind, project }: Row, service: string, compiled: CompiledService): StackUpdate {
  if (kind === 'remove') return { content: NO_CONTENT, selected: [], gone: [service], change: {} };
  const { objects, dependencies, sourceMap = [], environment = [] } = compiled;
  const known: ServiceContent = {
    serviceId: `${project}:${service}`,
    objectName: labelOf(objects) ?? service,
    image: imageOf(objects),
    dependsOn: [],
    published: [],
    isOneShot: objects.some((object) => object.kind === 'Job'),
    environment,
  };
  const content = {
    objects: objects.map((object) => ({ object, services: [service] })),
    dependencies,
    sourceMap,
    services: { [service]: known },
    filesDigest: null,
    claims: Object.fromEntries(objects.flatMap(claimsOfTemplates)),
  };
  return { content, selected: [service], gone: [], change: {} };
}

/** A template was called like the volume; the claim of its first replica holds the data. */
function claimsOfTemplates({ kind, metadata, spec }: KubeObject): readonly (readonly [string, string])[] {
  const templates = kind === 'StatefulSet' ? valueAt(spec, ['volumeClaimTemplates']) : undefined;
  if (!Array.isArray(templates)) return [];
  return templates.flatMap((template) => {
    const volume = valueAt(template, ['metadata', 'name']);
    return typeof volume === 'string' ? [[volume, `${volume}-${metadata.name}-0`] as const] : [];
  });
}

function labelOf(objects: readonly KubeObject[]): string | undefined {
  return objects.flatMap(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] ?? [])[0];
}

function imageOf(objects: readonly KubeObject[]): string | null {
  const images = objects.map(({ spec }) => valueAt(spec, ['template', 'spec', 'containers', '0', 'image']));
  return images.find((image) => typeof image === 'string') ?? null;
}
