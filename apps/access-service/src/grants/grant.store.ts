import { Injectable } from '@nestjs/common';
import { GRANTS_MAX, type GrantData, type InputOf, type operations } from '@ushadow/contracts';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail, identifier, sql, type Queries, type Sql } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import { Database } from '../store/database.store.ts';
import { ensureUser } from './ensure-user.store.ts';

type NewGrant = InputOf<typeof operations.giveGrant>;

export interface Row extends Omit<GrantData, 'grant_id' | 'given_at' | 'given_by'> {
  readonly id: string;
  readonly givenAt: Date;
  readonly givenBy: string;
}

export interface UserWithGrants {
  readonly user: string;
  readonly createdAt: Date;
  readonly grants: readonly GrantData[];
}

const COLUMNS = sql`
  grants.id, grants.role, grants.cluster, grants.namespaces, grants.projects, grants.given_at AS "givenAt",
  grants.given_by AS "givenBy"`;
/** Who changes who is owner does so one after the other, or two owners could each take the other's grant. */
export const OWNERS_LOCK = sql`SELECT pg_advisory_xact_lock(hashtext('access.owners'))`;

/** Of a row of `grants` under this name. */
export function isOwnerEverywhere(row: 'grants' | 'other'): Sql {
  const column = (name: string): Sql => identifier(row, name);
  return sql`(${column('role')} = 'owner' AND ${column('cluster')} = '*' AND ${column('namespaces')} = '*'
              AND ${column('projects')} = '*')`;
}

@Injectable()
export class GrantStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Whether somebody may say who may do what. */
  async isOwner(user: string): Promise<boolean> {
    const rows = await this.database.postgres.rows(sql`
      SELECT FROM access.grants JOIN access.users ON users.id = grants.user_id
       WHERE users.name = ${user} AND ${isOwnerEverywhere('grants')} LIMIT 1`);
    return rows.length > 0;
  }

  async users(): Promise<readonly UserWithGrants[]> {
    const users = await this.database.postgres.rows<{ user: string; createdAt: Date }>(sql`
      SELECT name AS "user", created_at AS "createdAt" FROM access.users ORDER BY name COLLATE "C"`);
    const rows = await this.database.postgres.rows<Row>(sql`
      SELECT ${COLUMNS}, users.name AS "user" FROM access.grants JOIN access.users ON users.id = grants.user_id
       ORDER BY grants.given_at, grants.id`);
    const byUser = Map.groupBy(rows.map(toContract), ({ user }) => user);
    return users.map((each) => ({ ...each, grants: byUser.get(each.user) ?? [] }));
  }

  async give(grant: NewGrant, by: string): Promise<GrantData | 'held' | 'too-many'> {
    let refused: 'held' | 'too-many' | undefined;
    const row = await this.trail.write(
      async (queries) => {
        const userId = await ensureUser(queries, grant.user, by);
        const [{ count } = { count: 0 }] = await queries.rows<{ count: number }>(sql`
          SELECT count(*)::int AS count FROM access.grants WHERE user_id = ${userId}::uuid`);
        if (count >= GRANTS_MAX) {
          refused = 'too-many';
          return undefined;
        }
        const made = await insertGrant(queries, userId, grant, by);
        if (made === undefined) refused = 'held';
        return made;
      },
      () => auditDraft({ action: 'grant.given', target: describe(grant), ...placeOf(grant) }),
    );
    return row === undefined ? (refused ?? 'held') : toContract(row);
  }

  /** Undefined where there is none of this id. */
  async take(id: string): Promise<GrantData | 'last-owner' | undefined> {
    let isLastOwner = false;
    const row = await this.trail.write(
      async (queries) => {
        await queries.count(OWNERS_LOCK);
        const [found] = await queries.rows<Row & { isLast: boolean }>(sql`
          SELECT ${COLUMNS}, users.name AS "user",
                 ${isOwnerEverywhere('grants')} AND NOT EXISTS (
                   SELECT FROM access.grants AS other
                    WHERE other.id <> grants.id AND ${isOwnerEverywhere('other')}) AS "isLast"
            FROM access.grants JOIN access.users ON users.id = grants.user_id WHERE grants.id = ${id}::uuid`);
        if (found === undefined) return undefined;
        isLastOwner = found.isLast;
        if (found.isLast) return undefined;
        await queries.count(sql`DELETE FROM access.grants WHERE id = ${id}::uuid`);
        return found;
      },
      (taken) => auditDraft({ action: 'grant.taken', target: describe(taken), ...placeOf(taken) }),
    );
    if (isLastOwner) return 'last-owner';
    return row && toContract(row);
  }
}

/** Undefined where the user holds exactly this. */
export async function insertGrant(
  queries: Queries,
  userId: string,
  grant: NewGrant,
  by: string,
): Promise<Row | undefined> {
  const { user, role, cluster, namespaces, projects } = grant;
  const [row] = await queries.rows<Row>(sql`
    INSERT INTO access.grants (id, user_id, role, cluster, namespaces, projects, given_by)
    VALUES (${randomUUID()}::uuid, ${userId}::uuid, ${role}, ${cluster}, ${namespaces}, ${projects}, ${by})
    ON CONFLICT DO NOTHING RETURNING ${COLUMNS}, ${user}::text AS "user"`);
  return row;
}

function describe({ user, role }: Pick<GrantData, 'user' | 'role'>): string {
  return `${role} for ${user}`;
}

function placeOf({ cluster, namespaces, projects }: Pick<GrantData, 'cluster' | 'namespaces' | 'projects'>) {
  return { details: { cluster, namespaces, projects } };
}

function toContract({ id, user, role, cluster, namespaces, projects, givenAt, givenBy }: Row): GrantData {
  return {
    ...{ grant_id: id, user, role, cluster, namespaces, projects },
    given_at: givenAt.toISOString(),
    given_by: givenBy,
  };
}
