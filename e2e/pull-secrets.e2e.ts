import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { natsFor } from '@ushadow/testing';
import { tapBus, type BusTap } from './support/bus-tap.ts';
import { databaseDump } from './support/database-dump.ts';
import { follow, toBase64 } from './support/gateway.ts';
import { spellings } from './support/spellings.ts';
import { startSystem, type TestSystem } from './support/system.ts';

const PASSWORD = 'canary-registry-password';
const UNUSED = 'canary-password-of-another-registry';

interface PodSpec {
  readonly imagePullSecrets?: readonly { name: string }[];
  readonly containers: readonly { readonly envFrom?: unknown }[];
}
interface Workload {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}
interface Secret {
  readonly type: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

/** A service whose image comes from a registry that wants to know who asks. */
describe('registry credentials of a cluster reach the pods that need them (R119)', () => {
  let test: TestSystem;
  let tap: BusTap;
  let cluster_id: string;
  const answers: string[] = [];

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'pull');
    ({ cluster_id } = test.registered);
    await test.client.setPullSecret({ cluster_id, registry: 'hub.docker.com', username: 'robot', password: PASSWORD });
    await test.client.setPullSecret({ cluster_id, registry: 'ghcr.io', username: 'robot', password: UNUSED });
    tap = await tapBus((await natsFor(import.meta.url)).url);
  }, 120_000);

  afterAll(async () => {
    await tap?.close();
    await test?.stop();
  });

  const deploy = async () => {
    const started = await test.client.startDeployment({ cluster_id, service_id: 'shop:web' });
    const followed = await follow(test.system.gatewayUrl, started.deployment_id);
    answers.push(JSON.stringify(started), JSON.stringify(followed));
    expect(followed.deployment.status).toBe('succeeded');
    return followed;
  };
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await test.cluster.api.get(path);
    expect(status).toBe(200);
    return body as T;
  };
  const workload = () => get<Workload>(`/apis/apps/v1/namespaces/${test.namespace.name}/deployments/web`);
  const pullSecrets = async () => {
    const { items } = await get<{ items: Secret[] }>(`/api/v1/namespaces/${test.namespace.name}/secrets`);
    return items.filter(({ type }) => type === 'kubernetes.io/dockerconfigjson');
  };
  const signIn = ({ data }: Secret) =>
    JSON.parse(Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString()) as unknown;

  it('the Deployment names a Secret with the credential of the registry its image comes from, and of no other', async () => {
    const { deployment } = await deploy();
    const [secret, ...more] = await pullSecrets();
    expect(more).toEqual([]);
    expect(secret?.metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'ushadow',
    });
    expect((await workload()).spec.template.spec.imagePullSecrets).toEqual([{ name: secret?.metadata.name }]);
    expect(signIn(secret as Secret)).toEqual({
      auths: { 'https://index.docker.io/v1/': { username: 'robot', password: PASSWORD } },
    });
    expect(deployment.objects).toContain(`Secret/${test.namespace.name}/${secret?.metadata.name ?? ''}`);
  }, 60_000);

  it('R97, R98, R100: sensitive variables are in a Secret of their own, base64, taken in by envFrom', async () => {
    const path = `/api/v1/namespaces/${test.namespace.name}`;
    const secret = await get<Secret>(`${path}/secrets/web-secrets`);
    expect(secret).toMatchObject({ type: 'Opaque', data: { API_TOKEN: toBase64('canary-from-the-compose-file') } });
    expect(JSON.stringify(await get(`${path}/configmaps/web-config`))).not.toContain('API_TOKEN');
    const container = (await workload()).spec.template.spec.containers[0];
    expect(container?.envFrom).toEqual([
      { configMapRef: { name: 'web-config' } },
      { secretRef: { name: 'web-secrets' } },
    ]);
  });

  it('a new password is taken up by the next deployment, without starting the pods anew', async () => {
    const before = await workload();
    await test.client.setPullSecret({
      cluster_id,
      registry: 'docker.io',
      username: 'robot',
      password: `${PASSWORD}-2`,
    });
    await deploy();
    const [secret] = await pullSecrets();
    expect(JSON.stringify(signIn(secret as Secret))).toContain(`${PASSWORD}-2`);
    expect((await workload()).metadata.generation).toBe(before.metadata.generation);
  }, 60_000);

  it('a credential that was removed leaves the cluster with the next deployment', async () => {
    await test.client.removePullSecret({ cluster_id, registry: 'docker.io' });
    await deploy();
    expect(await pullSecrets()).toEqual([]);
    expect((await workload()).spec.template.spec.imagePullSecrets).toBeUndefined();
  }, 60_000);

  it('R99, B8: no password is in any log, event, answer, message or table', async () => {
    answers.push(JSON.stringify(await test.client.listPullSecrets({ cluster_id })));
    const { deployments } = await test.client.listDeployments({});
    for (const { deployment_id } of deployments) {
      answers.push(JSON.stringify(await test.client.listDeploymentEvents({ deployment_id })));
    }
    const places = {
      logs: test.system.logs(),
      answers: answers.join('\n'),
      // What the edge hands to the service that keeps it is how a password gets there in the first place.
      messages: tap.heard().replace(/^ushadow\.v1\.cluster\.set-pull-secret .*$/gm, ''),
      tables: await databaseDump(test.database),
    };
    expect(places.messages).toContain('ushadow.v1.cluster.open-pull-secrets');
    expect(places.tables).toContain('clusters.pull_secrets');
    for (const [place, text] of Object.entries(places)) {
      for (const form of [...spellings(PASSWORD), ...spellings(UNUSED), ...spellings(`robot:${PASSWORD}`)]) {
        if (text.includes(form)) throw new Error(`${place}: has ${form}`);
      }
    }
  });
});
