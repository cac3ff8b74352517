import { Injectable } from '@nestjs/common';
import type { ApiTokenData, InputOf, operations } from '@ushadow/contracts';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail, isTaken, sql } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import { Database } from '../store/database.store.ts';

type NewToken = InputOf<typeof operations.createToken>;

export const TOKENS_MAX = 100;

interface Row extends Pick<ApiTokenData, 'user' | 'name' | 'shown' | 'limits'> {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly usedAt: Date | null;
}

const COLUMNS = sql`
  tokens.id, tokens.name, tokens.shown, tokens.limits, tokens.created_at AS "createdAt",
  tokens.expires_at AS "expiresAt", tokens.used_at AS "usedAt"`;

@Injectable()
export class TokenStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  async list(user: string): Promise<readonly ApiTokenData[]> {
    const rows = await this.database.postgres.rows<Row>(sql`
      SELECT ${COLUMNS}, users.name AS "user" FROM access.tokens JOIN access.users ON users.id = tokens.user_id
       WHERE users.name = ${user} ORDER BY tokens.name COLLATE "C"`);
    return rows.map(toContract);
  }

  async isKnown(user: string): Promise<boolean> {
    return (await this.database.postgres.rows(sql`SELECT FROM access.users WHERE name = ${user}`)).length > 0;
  }

  /** Undefined where the user has one of this name, or the same one. */
  async create(user: string, token: NewToken): Promise<ApiTokenData | undefined> {
    const { name, digest, shown, limits, expires_at: expiresAt } = token;
    try {
      const row = await this.trail.write(
        async (queries) => {
          const [made] = await queries.rows<Row>(sql`
            INSERT INTO access.tokens (id, user_id, name, digest, shown, limits, expires_at)
            SELECT ${randomUUID()}::uuid, id, ${name}, ${digest}, ${shown},
                   ${limits === null ? null : JSON.stringify(limits)}::jsonb, ${expiresAt}::timestamptz
              FROM access.users WHERE users.name = ${user}
            RETURNING ${COLUMNS}, ${user}::text AS "user"`);
          return made;
        },
        () =>
          auditDraft({
            ...{ action: 'token.created', target: `token ${name} of ${user}` },
            details: { limited: limits !== null, ...(expiresAt === null ? {} : { expires_at: expiresAt }) },
          }),
      );
      return row && toContract(row);
    } catch (error) {
      if (isTaken(error)) return undefined;
      throw error;
    }
  }

  /** Whose a token is; undefined where none has this id. */
  async userOf(id: string): Promise<string | undefined> {
    const [row] = await this.database.postgres.rows<{ name: string }>(sql`
      SELECT users.name FROM access.users JOIN access.tokens ON users.id = tokens.user_id
       WHERE tokens.id = ${id}::uuid`);
    return row?.name;
  }

  /** Its name; undefined where it is gone. */
  async revoke(user: string, id: string): Promise<string | undefined> {
    const revoked = await this.trail.write(
      async (queries) => {
        const rows = await queries.rows<{ name: string }>(sql`
          DELETE FROM access.tokens WHERE id = ${id}::uuid RETURNING name`);
        return rows[0];
      },
      ({ name }) => auditDraft({ action: 'token.revoked', target: `token ${name} of ${user}` }),
    );
    return revoked?.name;
  }
}

function toContract({ id, createdAt, expiresAt, usedAt, ...row }: Row): ApiTokenData {
  return {
    token_id: id,
    ...row,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    used_at: usedAt?.toISOString() ?? null,
  };
}
