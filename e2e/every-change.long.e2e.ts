import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publicOperations, type AuditEntryData, type Operation } from '@ushadow/contracts';
import { createHash } from 'node:crypto';
import { databaseDump } from './support/database-dump.ts';
import { toBase64 } from './support/gateway.ts';
import { makeFolder, type Folder } from './support/shell.ts';
import { deploy, ended, startSystem, untilStage, type TestSystem } from './support/system.ts';

type Id = keyof typeof publicOperations;

const changing = Object.entries(publicOperations as unknown as Readonly<Record<string, Operation>>).filter(
  ([, { audit }]) => audit !== 'none',
);
const CANARY = 'canary-that-no-audit-holds';
/** Of a hook. */
const TOKEN = `${CANARY}-${'x'.repeat(32)}`;
const registry = 'ghcr.io';
const nowhere = { node_selector: { 'ushadow.test/nowhere': 'true' } };

describe('whatever changes something', () => {
  let test: TestSystem;
  let templates: Folder;
  let stack_id = '';
  let channel_id = '';
  let hook_id = '';
  let grant_id = '';
  let token_id = '';

  beforeAll(async () => {
    templates = await makeFolder('gallery', {
      'made.yaml': `services: {one: {image: 'nginx:1.27', command: '${CANARY}'}}`,
    });
    const env = {
      'compiler-service': { TEMPLATES_DIR: templates.path },
      'notifier-service': { ALLOW_PRIVATE_RECEIVERS: 'true' },
    };
    test = await startSystem(import.meta.url, 'changes', { env });
  });
  afterAll(async () => {
    await test.stop();
    await templates.delete();
  });

  const place = () => ({ cluster_id: test.registered.cluster_id });
  const web = () => ({ stack_id, service: 'web' });
  const kubeconfig = () => toBase64(test.cluster.kubeconfig);
  const end = async (begun: Promise<{ deployment_id: string; stack_id: string }>): Promise<void> => {
    const answer = await begun;
    expect(await ended(test, answer)).toMatchObject({ status: 'succeeded' });
    ({ stack_id } = answer);
  };

  /** Each operation carried out, in an order in which each finds what it needs; what is not here fails below. */
  const deeds: Partial<Record<Id, () => Promise<unknown>>> = {
    registerCluster: () =>
      test.client.registerCluster({ name: 'second', kubeconfig: kubeconfig(), allow_duplicate: true }),
    updateCluster: () => test.client.updateCluster({ ...place(), labels: { stage: 'test' } }),
    replaceCredential: () => test.client.replaceCredential({ ...place(), kubeconfig: kubeconfig() }),
    setPullSecret: () => test.client.setPullSecret({ ...place(), registry, username: 'robot', password: CANARY }),
    removePullSecret: () => test.client.removePullSecret({ ...place(), registry }),
    putSetting: () => test.client.putSetting({ path: 'api_keys.openai', value: CANARY }),
    deleteSetting: () => test.client.deleteSetting({ path: 'api_keys.openai' }),
    uploadProject: () =>
      test.client.uploadProject({
        name: 'brought',
        files: [
          { path: 'compose.yaml', content: toBase64(`services: {one: {image: 'nginx:1.27', command: '${CANARY}'}}`) },
        ],
      }),
    useTemplate: () => test.client.useTemplate({ name: 'made' }),
    deleteUpload: () => test.client.deleteUpload({ name: 'brought' }),
    saveServiceEnv: () =>
      test.client.saveServiceEnv({ ...place(), service_id: 'shop:web', set: { API_TOKEN: { value: CANARY } } }),
    deleteScan: async () => {
      const { name: namespace } = test.namespace;
      await test.client.scanInfra({ ...place(), namespace });
      await test.client.deleteScan({ ...place(), namespace });
    },
    startDeployment: () => end(test.client.startDeployment({ ...place(), service_id: 'shop:web' })),
    deployStack: () =>
      end(
        test.client.deployStack({
          ...{ ...place(), project: 'shop', services: ['web'], namespace: test.namespace.name },
          variables: { GREETING: 'two' },
        }),
      ),
    revealSecretKey: () => test.client.revealSecretKey({ stack_id, name: 'web-secrets', key: 'API_TOKEN' }),
    rollbackStack: () => end(test.client.rollbackStack({ stack_id })),
    tagRevision: () => test.client.tagRevision({ stack_id, tag: 'good', revision: 1 }),
    untagRevision: () => test.client.untagRevision({ stack_id, tag: 'good' }),
    rollbackDeployment: async () => {
      await deploy(test, { service_id: 'shop:web', env_vars: { GREETING: 'three' } });
      const { revisions } = await test.client.getHistory({ stack_id });
      await end(test.client.rollbackDeployment({ deployment_id: revisions[0]?.deployment_id ?? '' }));
    },
    redeployStack: () => end(test.client.redeployStack({ stack_id })),
    scaleService: () => end(test.client.scaleService({ ...web(), replicas: 2 })),
    restartService: () => end(test.client.restartService(web())),
    stopService: () => end(test.client.stopService(web())),
    startService: () => end(test.client.startService(web())),
    changeStack: () =>
      end(test.client.changeStack({ stack_id, change: { kind: 'update-image', images: { web: 'nginx:1.28' } } })),
    runJob: () => end(test.client.runJob({ ...web(), command: ['echo', CANARY] })),
    applyEnvmap: () =>
      test.client.applyEnvmap({ ...place(), service_name: 'worker', env_vars: { MODE: 'fast', API_TOKEN: CANARY } }),
    cancelDeployment: async () => {
      const held = await test.client.startDeployment({ ...place(), service_id: 'shop:web', k8s_spec: nowhere });
      await untilStage(test, held.deployment_id, 'wait');
      await test.client.cancelDeployment({ deployment_id: held.deployment_id, rollback: false });
      await ended(test, held);
    },
    createChannel: async () => {
      ({ channel_id } = await test.client.createChannel({
        ...{ name: 'ops', kind: 'webhook', url: `http://127.0.0.1:1/${CANARY}`, allow_plaintext: true, rules: [] },
        signing_key: `whsec_${Buffer.from(CANARY.repeat(2)).toString('base64')}`,
      }));
    },
    updateChannel: () => test.client.updateChannel({ channel_id, name: 'operators' }),
    testChannel: () => test.client.testChannel({ channel_id }),
    resendDelivery: async () => {
      const [delivery] = (await test.client.listDeliveries({})).deliveries;
      await test.client.resendDelivery({ delivery_id: delivery?.delivery_id ?? '' });
    },
    deleteChannel: () => test.client.deleteChannel({ channel_id }),
    createHook: async () => {
      ({ hook_id } = await test.client.createHook({ stack_id, name: 'ci', token: TOKEN }));
    },
    callHook: async () => {
      const body = JSON.stringify({ service: 'web', image: 'nginx:1.29' });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${test.system.gatewayUrl}/api/hooks/${TOKEN}`, { method: 'POST', body, headers });
      await end(answer.json() as Promise<{ deployment_id: string; stack_id: string }>);
    },
    removeHook: () => test.client.removeHook({ stack_id, hook_id }),
    giveGrant: async () => {
      ({ grant_id } = await test.client.giveGrant({ user: 'ci', role: 'deployer' }));
    },
    createToken: async () => {
      const token = {
        user: 'ci',
        name: 'ci',
        digest: createHash('sha256').update(TOKEN).digest('hex'),
        shown: 'token',
      };
      ({ token_id } = await test.client.createToken(token));
    },
    revokeToken: () => test.client.revokeToken({ token_id }),
    takeGrant: () => test.client.takeGrant({ grant_id }),
    removeStack: () => end(test.client.removeStack({ stack_id })),
    deleteCluster: () => test.client.deleteCluster(place()),
  };

  const newest = async (): Promise<AuditEntryData[]> => (await test.client.listAudit({ limit: 500 })).entries;

  it('is carried out below, operation by operation', () => {
    expect(Object.keys(deeds).sort()).toEqual(changing.map(([id]) => id).sort());
  });

  it.each(Object.keys(deeds) as Id[])('%s leaves its entry, in the trail of the service that did it', async (id) => {
    const { service, audit } = publicOperations[id] as unknown as Operation;
    const before = new Set((await newest()).map((entry) => entry.seal));
    await deeds[id]?.();
    const own = (await newest()).filter((entry) => !before.has(entry.seal) && entry.service === service);
    const entry = own.find(({ action }) => action === audit);
    expect(entry).toMatchObject({
      action: audit,
      actor: id === 'callHook' ? 'hook:ci' : 'operator',
      result: expect.stringMatching(/^(done|accepted)$/),
    });
    expect(entry?.target).not.toBe('');
    expect(entry?.request_id).not.toBe('');
  });

  it('is found whole afterwards, in every service', async () => {
    const { intact, trails } = await test.client.verifyAudit({});
    expect(intact).toBe(true);
    expect(trails.map(({ entries }) => entries > 0)).toEqual([true, true, true, true, true, true, true]);
  });

  it('leaves no value of a secret in any trail, message or answer', async () => {
    const said = [await databaseDump(test.database), JSON.stringify(await newest()), test.system.logs()].join('\n');
    for (const form of [CANARY, toBase64(CANARY)]) expect(said).not.toContain(form);
  });
});
