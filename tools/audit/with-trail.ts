import { auditedServices } from '@ushadow/contracts';
import { AuditTrail, OutboxTable, Postgres, StorePool, type AuditTrailOptions } from '@ushadow/postgres';
import { SERVICES } from '@ushadow/testing/services';

interface Of {
  readonly service: string;
  readonly url: string | undefined;
  /** Names the URL. */
  readonly variable: string;
  readonly ring: AuditTrailOptions['keys'];
}

/** Works with the trail of a service, whose keys fit it. */
export async function withTrail<T>(
  { service: name, url, variable, ring }: Of,
  work: (trail: AuditTrail) => Promise<T>,
): Promise<T> {
  const service = auditedServices.find((each) => each === name);
  const schema = SERVICES.find((each) => each.name === `${name}-service`)?.schema;
  if (service === undefined || schema === undefined)
    throw new Error(`${name} is none of ${auditedServices.join(', ')}`);
  if (!url) throw new Error(`${variable} of the ${name}-service is not set`);
  const pool = new StorePool({ url, applicationName: 'ushadow-audit', max: 2 });
  try {
    const trail = new AuditTrail({
      service,
      schema,
      keys: ring,
      outbox: new OutboxTable(schema),
      postgres: new Postgres(pool),
    });
    const [problem] = await trail.keyProblems();
    if (problem !== undefined) throw new Error(problem);
    return await work(trail);
  } finally {
    await pool.end();
  }
}
