import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** What one deployment of the application under test wants. */
export interface Revision {
  /** Stands in the ConfigMap; another one makes an update. */
  readonly greeting: string;
  /** `crash.invalid/…` keeps crashing in the test cluster. */
  readonly image?: string;
  /** A claim for it. */
  readonly volume?: boolean;
  /** Host of an Ingress. */
  readonly host?: string;
  /** Without it there is no ConfigMap. */
  readonly config?: boolean;
}

/** What one deployment of the stack under test wants: front, api, worker, a database with a claim, a one-shot migration. */
export interface StackRevision {
  /** Stands in the ConfigMaps of front, api and worker. */
  readonly greeting: string;
  /** What the migration does; another one is another Job. */
  readonly schema: string;
  /** Of the front. */
  readonly image?: string;
  /** Without it the project has no worker. */
  readonly worker?: boolean;
}

export const STACK = 'shop';
export const GOOD_IMAGE = 'nginx:1.27';
export const BAD_IMAGE = 'crash.invalid/app:1';

/** A folder of Compose files with one application in it, which the test rewrites from revision to revision. */
export class ComposeApp {
  readonly directory: string;
  /** Stands in its Secret, and must stand nowhere else. */
  readonly canary: string;

  private constructor(directory: string, canary: string) {
    this.directory = directory;
    this.canary = canary;
  }

  static async create(canary: string): Promise<ComposeApp> {
    return new ComposeApp(await mkdtemp(join(tmpdir(), 'ushadow-faults-')), canary);
  }

  async write(revision: Revision): Promise<void> {
    const { greeting, image = GOOD_IMAGE, volume = false, config = true } = revision;
    const web = {
      image,
      ports: ['8080:80'],
      environment: { API_TOKEN: this.canary, ...(config ? { GREETING: greeting } : {}) },
      ...(volume ? { volumes: ['pages:/usr/share/nginx/html'] } : {}),
    };
    const once = { image: 'busybox:1.36', restart: 'no', command: ['echo', greeting] };
    const project = { name: 'app', services: { web, once }, ...(volume ? { volumes: { pages: {} } } : {}) };
    await writeFile(join(this.directory, 'app.yaml'), stringify(project));
  }

  async writeStack({ greeting, schema, image = GOOD_IMAGE, worker = true }: StackRevision): Promise<void> {
    const environment = { GREETING: greeting };
    const services = {
      db: { image: 'postgres:16', environment: { POSTGRES_PASSWORD: this.canary }, volumes: ['data:/var/lib/data'] },
      migrate: {
        ...{ image: 'busybox:1.36', restart: 'no', command: ['echo', schema] },
        depends_on: { db: { condition: 'service_healthy' } },
      },
      api: {
        ...{ image: GOOD_IMAGE, environment, expose: ['8000'] },
        depends_on: { migrate: { condition: 'service_completed_successfully' } },
      },
      front: { image, environment, ports: ['8081:80'], depends_on: ['api'] },
      ...(worker ? { worker: { image: GOOD_IMAGE, environment, depends_on: ['db'] } } : {}),
    };
    await writeFile(join(this.directory, `${STACK}.yaml`), stringify({ name: STACK, services, volumes: { data: {} } }));
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
