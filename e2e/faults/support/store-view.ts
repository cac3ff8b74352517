import { withClient } from '@ushadow/testing/servers';
import { setTimeout as delay } from 'node:timers/promises';
import { TableMirror } from './table-mirror.ts';

const TRIES = 20;
const RETRY_MS = 250;

/** Transactions before this one have ended, and what they wrote is seen. */
const HORIZON = 'pg_snapshot_xmin(pg_current_snapshot())::text';

interface Numbered {
  readonly number: string;
}

const inOrder = <Row extends Numbered>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => Number(one.number) - Number(other.number));

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

export interface DeploymentRow {
  readonly id: string;
  readonly stack_id: string;
  readonly namespace: string;
  readonly project: string;
  readonly services: readonly string[];
  readonly kind: string;
  readonly revision: number;
  readonly status: string;
  readonly verdict: { status: string; code: string | null; rollback?: { status: string } } | null;
  /** Somebody's request that it end early. */
  readonly ending: { request: 'cancel' | 'supersede'; rollback: boolean } | null;
  readonly attempt: number;
  readonly last_sequence: number;
  /** It has left a complete state that is a good one. */
  readonly has_content: boolean;
  /** What is the stack's in its cluster. */
  readonly inventory: readonly { readonly object: Readonly<Record<string, string>> }[] | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface EventRow {
  readonly sequence: number;
  readonly attempt: number;
  readonly time: Date;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What of an event its numbering and its verdict are checked by. */
export interface EventHead {
  readonly deployment_id: string;
  readonly sequence: number;
  readonly type: string;
  /** Of a verdict. */
  readonly status: string | null;
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
  readonly stack_id: string;
  readonly namespace: string;
  readonly owner: string | null;
  readonly epoch: string;
  readonly until: Date | null;
  readonly previous_epoch: string;
  readonly previous_until: Date | null;
  readonly at: Date;
}

/** A status that a deployment has got, noted by the database itself. */
export interface StatusRow {
  readonly deployment_id: string;
  readonly stack_id: string;
  readonly status: string;
}

/** All that is looked at of a deployment; its sealed content is many times as long. */
const DEPLOYMENT = `id, stack_id, namespace, project, services, kind, revision, status, verdict, ending, attempt,
  last_sequence, content IS NOT NULL AS has_content, inventory, created_at, finished_at`;

/** The test's own witness: each change of a lease or a status becomes a row, with the database's time. */
const WITNESS = `
  CREATE TABLE public.lease_log (
    number bigserial, deployment_id uuid, stack_id uuid, namespace text, owner text, epoch bigint,
    until timestamptz, previous_epoch bigint, previous_until timestamptz,
    at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE FUNCTION public.note_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO public.lease_log (
        deployment_id, stack_id, namespace, owner, epoch, until, previous_epoch, previous_until)
      VALUES (NEW.id, NEW.stack_id, NEW.namespace, NEW.lease_owner, NEW.lease_epoch, NEW.lease_until,
        OLD.lease_epoch, OLD.lease_until);
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_lease AFTER UPDATE ON deployments.deployments FOR EACH ROW
    WHEN (OLD.lease_epoch IS DISTINCT FROM NEW.lease_epoch OR OLD.lease_until IS DISTINCT FROM NEW.lease_until)
    EXECUTE FUNCTION public.note_lease();
  CREATE TABLE public.status_log (number bigserial, deployment_id uuid, stack_id uuid, status text);
  CREATE FUNCTION public.note_status() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO public.status_log (deployment_id, stack_id, status)
      VALUES (NEW.id, NEW.stack_id, NEW.status);
      RETURN NULL;
    END $$;
  CREATE TRIGGER note_status AFTER INSERT OR UPDATE OF status ON deployments.deployments FOR EACH ROW
    EXECUTE FUNCTION public.note_status();`;

/** The deployer's tables, seen from outside. */
export class StoreView {
  readonly #adminUrl: string;
  #client: Promise<Client> | undefined;
  #release: () => void = () => undefined;
  readonly #deployments = this.#mirror<DeploymentRow>('deployments.deployments', DEPLOYMENT, ({ id }) => id);
  readonly #eventHeads = this.#mirror<EventHead>(
    'deployments.progress_events',
    `deployment_id, sequence, type, data ->> 'status' AS status`,
    ({ deployment_id: id, sequence }) => `${id} ${sequence}`,
  );
  readonly #outbox = this.#mirror<OutboxRow>(
    'deployments.outbox',
    'id, kind, payload, sent_at, created_at',
    ({ id }) => id,
  );
  readonly #leases = this.#mirror<LeaseRow & Numbered>('public.lease_log', '*', ({ number }) => number);
  readonly #statuses = this.#mirror<StatusRow & Numbered>('public.status_log', '*', ({ number }) => number);
  /** Texts that were looked for, and in which rows not yet. */
  #soughtFrom = '0';

  constructor(adminUrl: string) {
    this.#adminUrl = adminUrl;
  }

  close(): void {
    this.#release();
    this.#client = undefined;
  }

  /** Needs the tables: call it once the deployer has started. */
  async watch(): Promise<void> {
    await this.#query(WITNESS);
  }

  async deployment(id: string): Promise<DeploymentRow> {
    const found = `SELECT ${DEPLOYMENT} FROM deployments.deployments WHERE id = $1`;
    const [row] = await this.#query<DeploymentRow>(found, [id]);
    if (row === undefined) throw new Error(`there is no deployment ${id}`);
    return row;
  }

  /** The complete state that a deployment has left, sealed. */
  async contentOf(id: string): Promise<string> {
    const found = 'SELECT content FROM deployments.deployments WHERE id = $1';
    const [row] = await this.#query<{ content: string | null }>(found, [id]);
    if (row?.content == null) throw new Error(`the deployment ${id} has left no content`);
    return row.content;
  }

  /** In the order in which they were accepted. */
  async deployments(): Promise<readonly DeploymentRow[]> {
    const rows = await this.#deployments.read();
    return rows.toSorted(
      (one, other) => one.created_at.getTime() - other.created_at.getTime() || one.revision - other.revision,
    );
  }

  events(id: string): Promise<EventRow[]> {
    return this.#query('SELECT * FROM deployments.progress_events WHERE deployment_id = $1 ORDER BY sequence', [id]);
  }

  /** The events of all deployments, each deployment's in their order. */
  async eventHeads(): Promise<readonly EventHead[]> {
    return (await this.#eventHeads.read()).toSorted((one, other) => one.sequence - other.sequence);
  }

  outbox(): Promise<readonly OutboxRow[]> {
    return this.#outbox.read();
  }

  async leases(): Promise<readonly LeaseRow[]> {
    return inOrder(await this.#leases.read());
  }

  /** In the order in which they came about, as far as deployments of one stack go. */
  async statuses(): Promise<readonly StatusRow[]> {
    return inOrder(await this.#statuses.read());
  }

  /** The tables, of all there are, in which a row that is new since the last call has one of the texts. */
  async tablesWith(texts: readonly string[]): Promise<string[]> {
    const tables = await this.#query<{ name: string; horizon: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name, ${HORIZON} AS horizon FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const holding = await Promise.all(
      tables.map(async ({ name }) => {
        const found = `SELECT FROM ${name} AS each, unnest($1::text[]) AS wanted
          WHERE each.xmin::text::bigint >= $2::bigint AND position(wanted in each::text) > 0`;
        const query = `SELECT EXISTS (${found}) AS found`;
        const [row] = await this.#query<{ found: boolean }>(query, [texts, this.#soughtFrom]);
        return row?.found === true ? [name] : [];
      }),
    );
    // What holds one is told of again with the next call.
    if (holding.flat().length === 0) this.#soughtFrom = tables[0]?.horizon ?? this.#soughtFrom;
    return holding.flat();
  }

  #mirror<Row extends object>(table: string, columns: string, keyOf: (row: Row) => string): TableMirror<Row> {
    return new TableMirror((from) => {
      const query = `SELECT ${columns}, ${HORIZON} AS horizon FROM ${table} WHERE xmin::text::bigint >= $1::bigint`;
      return this.#query<Row & { readonly horizon: string }>(query, [from]);
    }, keyOf);
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
