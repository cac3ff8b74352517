import { identifier, joinSql, sql, type Queries, type Sql } from '@ushadow/postgres';
import type { Deployment as Row } from '../../generated/prisma/client.ts';
import { targetOf } from '../../store/target-columns.ts';
import type { Deployment, DeploymentKind, DeploymentStatus, EndRequest, Verdict } from '../deployment.ts';

/** Columns that leave the store; the desired objects stay inside. */
export const visibleColumns = {
  id: true,
  stackId: true,
  targetKind: true,
  targetId: true,
  namespace: true,
  project: true,
  services: true,
  kind: true,
  revision: true,
  basedOn: true,
  status: true,
  verdict: true,
  ending: true,
  objects: true,
  desiredDigest: true,
  beforeDigest: true,
  afterDigest: true,
  deadlineSeconds: true,
  stallSeconds: true,
  takeOver: true,
  recreate: true,
  rollback: true,
  prune: true,
  deleteClaims: true,
  adopt: true,
  deleteNamespace: true,
  planId: true,
  planHash: true,
  note: true,
  tags: true,
  undone: true,
  actor: true,
  requestId: true,
  attempt: true,
  losses: true,
  lastSequence: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  thinnedAt: true,
} as const;

export type VisibleRow = Pick<Row, keyof typeof visibleColumns>;

/** The same columns for a statement of our own: as the table names them, under the names they have here. */
export const visibleSql = joinSql(
  Object.keys(visibleColumns).map((name) => sql`${identifier(columnOf(name))} AS ${identifier(name)}`),
);

/** Inside a transaction. Undefined: there is none. */
export async function findDeployment(queries: Queries, id: string): Promise<Deployment | undefined> {
  const [deployment] = await findDeployments(queries, sql`id = ${id}::uuid`);
  return deployment;
}

/** Inside a transaction, the oldest revision first. */
export async function findDeployments(queries: Queries, where: Sql): Promise<Deployment[]> {
  const rows = await queries.rows<VisibleRow>(
    sql`SELECT ${visibleSql} FROM deployments.deployments WHERE ${where} ORDER BY revision`,
  );
  return rows.map(fromRow);
}

function columnOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function fromRow({ targetKind, targetId, ...row }: VisibleRow): Deployment {
  return {
    ...row,
    target: targetOf({ targetKind, targetId }),
    kind: row.kind as DeploymentKind,
    status: row.status as DeploymentStatus,
    recreate: row.recreate as Deployment['recreate'],
    verdict: row.verdict as Verdict | null,
    ending: row.ending as unknown as EndRequest | null,
  };
}
