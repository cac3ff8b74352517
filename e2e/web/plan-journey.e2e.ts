import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient, toBase64 } from '../support/gateway.ts';
import { pathOf } from '../support/system.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const FIRST_HASH_DIGITS = /^[0-9a-f]{12}$/;

withBrowser('plan, deploy exactly that, cancel and undo through the web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let client: Client;
  let clusterId: string;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'plan-web');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const namespace = web.namespace.name;
    clusterId = (await client.registerCluster({ name: 'bench', kubeconfig, namespace })).cluster_id;
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
  });

  const byId = (id: string) => page.getByTestId(id);
  const text = (id: string) => byId(id).innerText();
  const request = () => ({ cluster_id: clusterId, project: 'shop', namespace: web.namespace.name });
  const live = (kind: string, name: string) => web.cluster.api.get(pathOf(web.namespace.name, kind, name));
  const greeting = async (): Promise<string | undefined> =>
    ((await live('configmaps', 'web-config')).body as { data?: Record<string, string> }).data?.['GREETING'];
  const setGreeting = (value: string, manager: string) =>
    web.cluster.api.apply(
      pathOf(web.namespace.name, 'configmaps', 'web-config'),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'web-config', namespace: web.namespace.name },
        data: { GREETING: value },
      },
      manager,
    );
  const open = async (): Promise<void> => {
    await page.goto('/projects/shop/deploy');
    await byId('value-GREETING').waitFor();
  };
  const plan = async (): Promise<void> => {
    await byId('plan-btn').click();
    await byId('plan').waitFor();
  };
  const untilStatus = async (status: string): Promise<string> => {
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: status }).waitFor({ timeout: 60_000 });
    return new URL(page.url()).pathname.split('/').at(-1) ?? '';
  };

  it('shows what a first deployment would create, and writes nothing for it', async () => {
    await open();
    await byId('deploy-namespace').fill(web.namespace.name);
    await byId('service-cache').uncheck();
    await plan();
    for (const action of ['update', 'recreate', 'delete', 'unchanged']) {
      expect(await text(`count-${action}`)).toBe(`0 ${action}`);
    }
    expect(await text('plan-hash')).toMatch(FIRST_HASH_DIGITS);
    expect((await live('deployments', 'web')).status).toBe(404);
  });

  it('applies exactly the plan that was looked at', async () => {
    const hash = await text('plan-hash');
    await byId('deploy-plan-btn').click();
    const { plan_hash, plan_id } = await client.getDeployment({ deployment_id: await untilStatus('Succeeded') });
    expect(plan_hash?.startsWith(hash)).toBe(true);
    expect(await byId('applied-plan').getAttribute('href')).toBe(`/plans/${plan_id ?? ''}`);
  });

  it('shows each field that would change, and does not apply what was edited since', async () => {
    await open();
    await byId('service-cache').uncheck();
    await byId('value-GREETING').fill('good day');
    await plan();
    expect(await text('change-data.GREETING')).toMatch(/"hello"\s+"good day"/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('value-GREETING').fill('approved');
    await byId('plan-edited').waitFor();
    expect(await byId('deploy-plan-btn').count()).toBe(0);
    await byId('plan-btn').press('Enter');
    await byId('change-data.GREETING').filter({ hasText: '"approved"' }).waitFor();
    expect(await byId('plan-edited').count()).toBe(0);
    await keepPicture(page, 'web-plan-edited');
  });

  it('says that a plan was stale and nothing written, and leads to the new one with the difference as it is', async () => {
    await setGreeting('moved', 'ushadow');
    await byId('deploy-plan-btn').click();
    const id = await untilStatus('Failed');
    expect(await text('verdict')).toMatch(/Changed since the preview; nothing was written/);
    expect(await text('verdict-code')).toBe('PLAN_STALE');
    expect(await greeting()).toBe('moved');
    await byId('fresh-plan').click();
    await byId('plan-replaces').waitFor();
    expect(await byId('plan-replaces').getByRole('link').getAttribute('href')).toBe(`/deployments/${id}`);
    expect(await text('change-data.GREETING')).toMatch(/"moved"\s+"approved"/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('deploy-plan-btn').click();
    await untilStatus('Succeeded');
    expect(await greeting()).toBe('approved');
  });

  it('names the other manager of a field, and takes it over only on request', async () => {
    await setGreeting('theirs', 'somebody-else');
    await open();
    await byId('service-cache').uncheck();
    await byId('value-GREETING').fill('ours');
    await byId('deploy-btn').click();
    await byId('plan-conflicts').waitFor();
    expect(await text('plan-conflicts')).toMatch(/\.data\.GREETING is managed by somebody-else/);
    expect(await byId('deploy-plan-btn').count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('take-over-btn').click();
    await byId('plan-takes-over').waitFor();
    await byId('deploy-plan-btn').click();
    await untilStatus('Succeeded');
    expect(await greeting()).toBe('ours');
  });

  it('cancels a deployment that finds no node, back to the state before, and says so', async () => {
    const { deployment_id } = await client.deployStack({
      ...request(),
      services: ['web'],
      variables: { GREETING: 'never ready' },
      specs: { web: { node_selector: { 'ushadow.test/nowhere': 'true' } } },
    });
    await page.goto(`/deployments/${deployment_id}`);
    await byId('stage-wait').waitFor({ timeout: 60_000 });
    expect(await byId('rollback-btn').count()).toBe(0);
    await byId('cancel-deployment-btn').click();
    await byId('cancel-rollback').uncheck();
    expect(await text('cancel-deployment-modal')).toMatch(/stays as it is, ready or not/);
    await byId('cancel-rollback').check();
    await byId('confirm-cancel-deployment-btn').click();
    await untilStatus('Cancelled');
    expect(await text('verdict-rollback')).toBe('The state before is back.');
    expect(await greeting()).toBe('ours');
  });

  it('names what goes, and does not begin before that is confirmed', async () => {
    const source = (services: string) => `services:\n${services}`;
    const one = '  one:\n    image: nginx:1.27\n';
    const two = '  two:\n    image: nginx:1.27\n';
    const upload = (services: string, replace: boolean) =>
      client.uploadProject({
        name: 'pair',
        files: [{ path: 'compose.yaml', content: toBase64(source(services)) }],
        replace,
      });
    await upload(one + two, false);
    await page.goto('/projects/pair/deploy');
    await byId('service-two').waitFor();
    await byId('deploy-btn').click();
    await untilStatus('Succeeded');
    await upload(one, true);
    await page.goto('/projects/pair/deploy');
    await byId('existing-stack').waitFor();
    await byId('deploy-btn').click();
    await byId('plan-going').waitFor();
    expect(await text('plan-going')).toMatch(/Deployment two is deleted/);
    expect(await byId('deploy-plan-btn').isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-going');
    await byId('confirm-going').check();
    await byId('deploy-plan-btn').click();
    await untilStatus('Succeeded');
  });

  it('undoes a deployment, after saying what stays', async () => {
    await byId('rollback-btn').click();
    expect(await text('rollback-modal')).toMatch(/Data in volumes is not brought back/);
    await byId('confirm-rollback-btn').click();
    await page.waitForURL('**/plans/*');
    await byId('plan-rollback').waitFor();
    if ((await byId('confirm-going').count()) > 0) await byId('confirm-going').check();
    await byId('deploy-plan-btn').click();
    await page.waitForURL('**/deployments/*');
    await untilStatus('Succeeded');
  });

  it('answers in words for a plan that is not there', async () => {
    await page.goto('/plans/00000000-0000-4000-8000-000000000000');
    await page.getByText('There is no such plan').waitFor();
    await page.getByText('PLAN_NOT_FOUND').waitFor();
  });

  it('threw nothing and broke no rule of its own content security policy in this run', () => {
    expect(tab.faults).toEqual([]);
  });
});
