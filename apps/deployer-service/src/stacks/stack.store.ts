import { Injectable } from '@nestjs/common';
import type { StackData, Target } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';
import { Prisma, type Stack as Row } from '../generated/prisma/client.ts';
import { Database } from '../store/database.store.ts';
import { targetColumns, targetOf } from '../store/target-columns.ts';
import type { Stack, StackPlace } from './stack.ts';

type Queries = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

/** More namespaces than one project is in. */
const PROJECT_MAX = 200;

/** Of a row called `stack`: something of it is in its cluster, or is about to be. */
const HAS_SOMETHING = Prisma.sql`
  (EXISTS (SELECT FROM deployments.deployments
            WHERE stack_id = stack.id AND status IN ('queued', 'pending', 'deploying'))
   OR (SELECT jsonb_array_length(inventory) > 0 FROM deployments.deployments
        WHERE stack_id = stack.id AND inventory IS NOT NULL ORDER BY revision DESC LIMIT 1))`;

export interface StackFilter {
  readonly target?: Target | undefined;
  readonly project?: string | undefined;
  readonly namespace?: string | undefined;
}

export type ManifestsWritten = NonNullable<StackData['manifests']>;

/** What was seen of a stack in its cluster, as it is kept for when the cluster is out of sight. */
export interface Kept<T> {
  readonly seen: T;
  readonly at: Date;
}

@Injectable()
export class StackStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Stack | undefined> {
    const row = await this.database.prisma.stack.findUnique({ where: { id } });
    return row === null ? undefined : fromRow(row);
  }

  /** Those of a project in a target that are listed, the oldest first; not what only an env map has made. */
  async ofProject(target: Target, project: string): Promise<Stack[]> {
    const stacks = await this.list({ target, project }, PROJECT_MAX);
    return stacks.filter(({ isEnvmap }) => !isEnvmap).reverse();
  }

  /** All in a namespace, whatever made them. */
  async inNamespace(target: Target, namespace: string): Promise<Stack[]> {
    const rows = await this.database.prisma.stack.findMany({ where: { ...targetColumns(target), namespace } });
    return rows.map(fromRow);
  }

  /** The stack of a place; made where there is none. */
  async ensure(place: StackPlace, isEnvmap = false): Promise<Stack> {
    return ensureStack(this.database.prisma, place, isEnvmap);
  }

  /** Those that have something in their cluster, or are about to, the newest first. */
  async list(
    filter: StackFilter,
    limit: number,
    after?: { readonly createdAt: Date; readonly id: string },
  ): Promise<Stack[]> {
    const rows = await this.database.prisma.$queryRaw<RawRow[]>`
      SELECT id, target_kind, target_id, namespace, project, is_envmap, created_at FROM deployments.stacks AS stack
       WHERE ${HAS_SOMETHING}
         ${filter.target === undefined ? Prisma.empty : Prisma.sql`AND target_kind = ${filter.target.kind} AND target_id = ${filter.target.id}`}
         ${filter.project === undefined ? Prisma.empty : Prisma.sql`AND project = ${filter.project}`}
         ${filter.namespace === undefined ? Prisma.empty : Prisma.sql`AND namespace = ${filter.namespace}`}
         ${after === undefined ? Prisma.empty : Prisma.sql`AND (created_at, id) < (${after.createdAt}, ${after.id}::uuid)`}
       ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
    return rows.map(fromRaw);
  }

  /** Those of some projects that any stack is of; plans and deployments belong to stacks. */
  async knownProjects(projects: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.stack.findMany({
      where: { project: { in: [...projects] } },
      distinct: ['project'],
      select: { project: true },
    });
    return rows.map(({ project }) => project);
  }

  /** Those of some projects that have something in a cluster, or are about to. */
  async deployedProjects(projects: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<Pick<RawRow, 'project'>[]>`
      SELECT DISTINCT project FROM deployments.stacks AS stack
       WHERE project = ANY(${[...projects]}::text[]) AND ${HAS_SOMETHING}`;
    return rows.map(({ project }) => project);
  }

  /** Of which revision its manifests were last written, and what went wrong. */
  async keepManifests(id: string, written: ManifestsWritten): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE deployments.stacks SET manifests = ${JSON.stringify(written)}::jsonb WHERE id = ${id}::uuid`;
  }

  async manifests(id: string): Promise<ManifestsWritten | undefined> {
    const row = await this.database.prisma.stack.findUnique({ where: { id }, select: { manifests: true } });
    return (row?.manifests ?? undefined) as unknown as ManifestsWritten | undefined;
  }

  async keepSeen(id: string, seen: unknown): Promise<void> {
    await this.database.prisma.$executeRaw`
      UPDATE deployments.stacks SET seen = ${JSON.stringify(seen)}::jsonb, seen_at = now() WHERE id = ${id}::uuid`;
  }

  async lastSeen<T>(id: string): Promise<Kept<T> | undefined> {
    const row = await this.database.prisma.stack.findUnique({ where: { id }, select: { seen: true, seenAt: true } });
    if (row?.seen == null || row.seenAt === null) return undefined;
    return { seen: row.seen as T, at: row.seenAt };
  }
}

async function ensureStack(queries: Queries, place: StackPlace, isEnvmap = false): Promise<Stack> {
  const { target, namespace, project } = place;
  const rows = await queries.$queryRaw<RawRow[]>`
    INSERT INTO deployments.stacks (id, target_kind, target_id, namespace, project, is_envmap)
    VALUES (${randomUUID()}::uuid, ${target.kind}, ${target.id}, ${namespace}, ${project}, ${isEnvmap})
    ON CONFLICT (target_kind, target_id, namespace, project)
       DO UPDATE SET is_envmap = deployments.stacks.is_envmap AND ${isEnvmap}
    RETURNING id, target_kind, target_id, namespace, project, is_envmap, created_at`;
  const [row] = rows;
  if (row === undefined) throw new Error('a stack could neither be found nor made');
  return fromRaw(row);
}

interface RawRow {
  readonly id: string;
  readonly target_kind: string;
  readonly target_id: string;
  readonly namespace: string;
  readonly project: string;
  readonly is_envmap: boolean;
  readonly created_at: Date;
}

function fromRaw({ id, target_kind, target_id, namespace, project, is_envmap, created_at }: RawRow): Stack {
  const target = targetOf({ targetKind: target_kind, targetId: target_id });
  return { id, target, namespace, project, isEnvmap: is_envmap, createdAt: created_at };
}

function fromRow({ id, namespace, project, isEnvmap, createdAt, ...row }: Row): Stack {
  return { id, target: targetOf(row), namespace, project, isEnvmap, createdAt };
}
