import { Injectable } from '@nestjs/common';
import type { SubjectData } from '@ushadow/contracts';
import { sql } from '@ushadow/postgres';
import { Database } from '../store/database.store.ts';

interface Row extends Omit<SubjectData, 'token_id' | 'expires_at'> {
  readonly id: string;
  readonly expiresAt: Date | null;
}

/** Whose a token is. */
@Injectable()
export class SubjectStore {
  constructor(private readonly database: Database) {}

  /** Undefined where no token that is still good has this digest. */
  async find(digest: string): Promise<SubjectData | undefined> {
    const [row] = await this.database.postgres.rows<Row>(sql`
      SELECT tokens.id, users.name AS "user", tokens.expires_at AS "expiresAt", tokens.limits,
             coalesce((SELECT json_agg(json_build_object('role', role, 'cluster', cluster, 'namespaces', namespaces,
                                                         'projects', projects) ORDER BY given_at, grants.id)
                         FROM access.grants WHERE user_id = users.id), '[]') AS grants
        FROM access.tokens JOIN access.users ON users.id = tokens.user_id
       WHERE tokens.digest = ${digest} AND (tokens.expires_at IS NULL OR tokens.expires_at > now())`);
    if (row === undefined) return undefined;
    // To the minute: a token that is used all the time writes no row each time.
    await this.database.postgres.count(sql`
      UPDATE access.tokens SET used_at = now()
       WHERE id = ${row.id}::uuid AND (used_at IS NULL OR used_at < now() - interval '1 minute')`);
    const { id, expiresAt, user, grants, limits } = row;
    return { user, token_id: id, expires_at: expiresAt?.toISOString() ?? null, grants, limits };
  }
}
