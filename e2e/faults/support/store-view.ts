import { withClient } from '@ushadow/testing/servers';
import { setTimeout as delay } from 'node:timers/promises';

const TRIES = 20;
const RETRY_MS = 250;

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

export interface DeploymentRow {
  readonly id: string;
  readonly namespace: string;
  readonly service_name: string;
  readonly status: string;
  readonly verdict: { status: string; code: string | null; rollback?: { status: string } } | null;
  readonly attempt: number;
  readonly last_sequence: number;
  readonly desired: string;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface EventRow {
  readonly sequence: number;
  readonly attempt: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OutboxRow {
  readonly id: string;
  readonly kind: 'job' | 'audit';
  readonly payload: { readonly deployment_id: string; readonly action?: string };
  readonly sent_at: Date | null;
}

/** A change of a lease, noted by the database itself. */
export interface LeaseRow {
  readonly deployment_id: string;
  readonly namespace: string;
  readonly owner: string | null;
  readonly epoch: string;
  readonly until: Date | null;
  readonly previous_epoch: string;
  readonly previous_until: Date | null;
  readonly at: Date;
}

/** The test's own witness: each change of a lease becomes a row, with the database's time. */
const LEASE_LOG = `
  CREATE TABLE public.lease_log (
    number bigserial, deployment_id uuid, namespace text, owner text, epoch bigint, until timestamptz,
    previous_epoch bigint, previous_until timestamptz, at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE FUNCTION public.note_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO public.lease_log (deployment_id, namespace, owner, epoch, until, previous_epoch, previous_until)
      VALUES (NEW.id, NEW.namespace, NEW.lease_owner, NEW.lease_epoch, NEW.lease_until, OLD.lease_epoch, OLD.lease_until);
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_lease AFTER UPDATE ON deployments.deployments FOR EACH ROW
    WHEN (OLD.lease_epoch IS DISTINCT FROM NEW.lease_epoch OR OLD.lease_until IS DISTINCT FROM NEW.lease_until)
    EXECUTE FUNCTION public.note_lease();`;

/** The deployer's tables, seen from outside. */
export class StoreView {
  readonly #adminUrl: string;
  #client: Promise<Client> | undefined;
  #release: () => void = () => undefined;

  constructor(adminUrl: string) {
    this.#adminUrl = adminUrl;
  }

  close(): void {
    this.#release();
    this.#client = undefined;
  }

  /** Needs the tables: call it once the deployer has started. */
  async watchLeases(): Promise<void> {
    await this.#query(LEASE_LOG);
  }

  async deployment(id: string): Promise<DeploymentRow> {
    const [row] = await this.#query<DeploymentRow>('SELECT * FROM deployments.deployments WHERE id = $1', [id]);
    if (row === undefined) throw new Error(`there is no deployment ${id}`);
    return row;
  }

  deployments(): Promise<DeploymentRow[]> {
    return this.#query('SELECT * FROM deployments.deployments ORDER BY created_at');
  }

  events(id: string): Promise<EventRow[]> {
    return this.#query('SELECT * FROM deployments.progress_events WHERE deployment_id = $1 ORDER BY sequence', [id]);
  }

  outbox(): Promise<OutboxRow[]> {
    return this.#query('SELECT * FROM deployments.outbox ORDER BY created_at');
  }

  leases(): Promise<LeaseRow[]> {
    return this.#query('SELECT * FROM public.lease_log ORDER BY number');
  }

  /** Every row of every table of ours, as text. */
  async everything(): Promise<string[]> {
    const tables = await this.#query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const texts = await Promise.all(
      tables.map(({ name }) => this.#query<{ text: string }>(`SELECT each::text AS text FROM ${name} AS each`)),
    );
    return texts.flat().map(({ text }) => text);
  }

  /** A server that is being restarted is asked again, on a new connection. */
  async #query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      this.#client ??= this.#connect();
      try {
        const { rows } = await (await this.#client).query(text, values.length === 0 ? undefined : [...values]);
        return rows as Row[];
      } catch (error) {
        this.close();
        if (tries === TRIES) throw error;
        await delay(RETRY_MS);
      }
    }
  }

  #connect(): Promise<Client> {
    return new Promise((resolve, reject) => {
      const hold = (client: Client): Promise<void> => {
        resolve(client);
        return new Promise((done) => (this.#release = done));
      };
      withClient(this.#adminUrl, hold).catch(reject);
    });
  }
}
