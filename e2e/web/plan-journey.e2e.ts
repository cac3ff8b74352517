import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, DeploymentData } from '@ushadow/contracts';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient, toBase64 } from '../support/gateway.ts';
import { seedAccount, type SeedAccount } from '../support/seed-account.ts';
import { pathOf } from '../support/system.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { recordTraffic, type RecordedTraffic } from './support/recorded-traffic.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const CANARY = 'canary-of-the-plan-journey';
const FIRST_HASH_DIGITS = /^[0-9a-f]{12}$/;

withBrowser('plan, approve, cancel and roll back through the web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let traffic: RecordedTraffic;
  let client: Client;
  let clusterId: string;
  let account: SeedAccount;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'plan-web');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const namespace = web.namespace.name;
    clusterId = (await client.registerCluster({ name: 'bench', kubeconfig, namespace })).cluster_id;
    account = await seedAccount(web.cluster, web.namespace);
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
    traffic = await recordTraffic(page.context());
  });

  afterAll(async () => {
    await browser?.close();
    await account?.remove();
    await web?.stop();
  });

  const byId = (id: string) => page.getByTestId(id);
  const text = (id: string) => byId(id).innerText();
  const inNamespace = (kind: string, name: string) => `${kind}/${web.namespace.name}/${name}`;
  const path = (kind: string, name: string) => pathOf(web.namespace.name, kind, name);
  const live = async (kind: string, name: string) => web.cluster.api.get(path(kind, name));
  const greeting = async (): Promise<string | undefined> =>
    ((await live('configmaps', 'web-config')).body as { data?: Record<string, string> }).data?.['GREETING'];
  const setGreeting = (value: string, manager: string) =>
    web.cluster.api.apply(
      path('configmaps', 'web-config'),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'web-config', namespace: web.namespace.name },
        data: { GREETING: value },
      },
      manager,
    );
  const openDialog = async (): Promise<void> => {
    await page.goto(`/services?deploy=shop:web&cluster=${clusterId}`);
    await byId('value-input-GREETING').waitFor();
  };
  const plan = async (): Promise<void> => {
    await byId('tab-changes').click();
    await byId('plan-counts').waitFor();
  };
  /** Follows the page that opens to a status; gives the deployment's id. */
  const untilStatus = async (status: string): Promise<string> => {
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: status }).waitFor({ timeout: 60_000 });
    return new URL(page.url()).pathname.split('/').at(-1) ?? '';
  };
  const approve = async (status = 'Succeeded'): Promise<string> => {
    await byId('approve-plan-btn').click();
    return untilStatus(status);
  };
  const deployment = (id: string): Promise<DeploymentData> => client.getDeployment({ deployment_id: id });

  it('shows what a first deployment would create, and writes nothing for it', async () => {
    await openDialog();
    await plan();
    expect(await text('count-create')).toMatch(/^[1-9]\d* create$/);
    for (const action of ['update', 'recreate', 'delete', 'unchanged']) {
      expect(await text(`count-${action}`)).toBe(`0 ${action}`);
    }
    expect(await text(`planned-${inNamespace('Deployment', 'web')}`)).toMatch(/Create\s+Deployment web/);
    expect(await text('plan-facts')).toMatch(/planned by operator/);
    expect(await text('plan-hash')).toMatch(FIRST_HASH_DIGITS);
    expect((await live('deployments', 'web')).status).toBe(404);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-first');
  });

  it('applies exactly the plan that was approved, and leads back to it', async () => {
    const hash = await text('plan-hash');
    const id = await approve();
    const { plan_hash, plan_id } = await deployment(id);
    expect(plan_hash?.startsWith(hash)).toBe(true);
    expect(await byId('applied-plan').getAttribute('href')).toBe(`/plans/${plan_id ?? ''}`);
    await byId('revision-1').filter({ hasText: 'Current' }).waitFor();
    // There is no earlier one, and nothing runs.
    expect(await byId('rollback-btn').count()).toBe(0);
    expect(await byId('cancel-deployment-btn').count()).toBe(0);
  });

  it('shows each field that would change, and of a Secret only that it does', async () => {
    await openDialog();
    await byId('value-input-GREETING').fill('good day');
    await byId('value-input-API_TOKEN').fill(CANARY);
    await plan();
    expect(await text('change-data.GREETING')).toMatch(/"hello"\s+"good day"/);
    expect(await text('change-data.API_TOKEN')).toMatch(/secret, not shown\s+secret, not shown/);
    expect(await page.content()).not.toContain(CANARY);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-changes');
  });

  it('does not let a plan be approved once the form was edited, and makes it anew on request', async () => {
    await byId('tab-configure').click();
    await byId('value-input-GREETING').fill('approved');
    await byId('tab-changes').click();
    await byId('plan-edited').waitFor();
    expect(await byId('approve-plan-btn').isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-edited');
    await byId('plan-again-btn').press('Enter');
    await byId('change-data.GREETING').filter({ hasText: '"approved"' }).waitFor();
    expect(await byId('plan-edited').count()).toBe(0);
    expect(await byId('approve-plan-btn').isEnabled()).toBe(true);
    // Who cannot see it hears of it, and the focus has not fallen out of the dialog.
    await byId('deploy-to-k8s-modal').getByRole('status').filter({ hasText: '3 to update, 2 unchanged' }).waitFor();
    expect(await page.evaluate('document.activeElement.closest("[role=tabpanel]") !== null')).toBe(true);
  });

  it('says that a plan was stale and nothing written, and leads to the new one with the difference as it is', async () => {
    await setGreeting('moved', 'ushadow');
    const id = await approve('Failed');
    expect(await text('verdict')).toMatch(/Changed since the preview; nothing was written/);
    expect(await text('verdict-code')).toBe('PLAN_STALE');
    // What was typed is kept, as with any deployment.
    const { variables } = await client.getServiceEnv({
      ...{ service_id: 'shop:web', cluster_id: clusterId, namespace: web.namespace.name },
    });
    expect(variables.find(({ name }) => name === 'GREETING')).toMatchObject({ value: 'approved' });
    expect(await greeting()).toBe('moved');
    // A plan that was never tried says nothing against its revision.
    await byId('revision-1').filter({ hasText: 'Current' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-stale');
    await byId('fresh-plan').click();
    await byId('plan-replaces').waitFor();
    expect(await byId('plan-replaces').getByRole('link').getAttribute('href')).toBe(`/deployments/${id}`);
    expect(await text('change-data.GREETING')).toMatch(/"moved"\s+"approved"/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-page');
  });

  it('approves the new plan on its own page, whoever opens the link', async () => {
    const other = await openTab(browser, web.origin);
    await other.page.goto(page.url());
    await other.page.getByTestId('change-data.GREETING').waitFor();
    await other.close();
    await approve();
    expect(await greeting()).toBe('approved');
  });

  it('names the other manager of a field, and takes it over only on request', async () => {
    await setGreeting('theirs', 'somebody-else');
    await openDialog();
    await byId('value-input-GREETING').fill('ours');
    await plan();
    expect(await text('plan-conflicts')).toMatch(/\.data\.GREETING is managed by somebody-else/);
    expect(await byId('approve-plan-btn').isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-conflict');
    await byId('take-over-btn').click();
    await byId('plan-takes-over').waitFor();
    await approve();
    expect(await greeting()).toBe('ours');
  });

  it('keeps a change first that has no effect before, and only when asked to', async () => {
    await client.putSetting({ path: 'shop.greeting', value: CANARY, is_secret: true });
    await openDialog();
    await byId('map-button-GREETING').click();
    await byId('map-select-GREETING').selectOption('shop.greeting');
    await byId('tab-changes').click();
    expect(await text('not-planned')).toMatch(/GREETING: this change takes effect only when it is kept/);
    await byId('make-plan-btn').click();
    await byId('plan-counts').waitFor();
    expect(await text('planned-objects')).toContain('data.GREETING');
    expect(await page.content()).not.toContain(CANARY);
    expect(await byId('approve-plan-btn').isEnabled()).toBe(true);
  });

  it('shows which permissions the credential lacks, with the Role to copy', async () => {
    const { cluster_id } = await client.registerCluster({
      name: 'restricted',
      allow_duplicate: true,
      kubeconfig: toBase64(account.kubeconfig),
      namespace: web.namespace.name,
    });
    const { plan_id, role_yaml } = await client.planDeployment({ cluster_id, service_id: 'shop:web' });
    await page.goto(`/plans/${plan_id}`);
    await byId('plan-permissions').waitFor();
    expect(await text('plan-permissions')).toMatch(/pods in .*: .*watch/);
    await byId('plan-permissions').locator('summary').click();
    expect(await byId('plan-permissions').locator('pre').innerText()).toBe(role_yaml);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan-permissions');
  });

  it('cancels a deployment that finds no node, back to the state before, and says so', async () => {
    const started = await client.startDeployment({
      cluster_id: clusterId,
      service_id: 'shop:web',
      env_vars: { GREETING: 'never ready' },
      k8s_spec: { node_selector: { 'ushadow.test/nowhere': 'true' } },
    });
    await page.goto(`/deployments/${started.deployment_id}`);
    await byId('stage-wait').waitFor({ timeout: 60_000 });
    expect(await byId('rollback-btn').count()).toBe(0);
    await refusedMeanwhile(started.deployment_id);
    await byId('cancel-deployment-btn').click();
    expect(await text('cancel-deployment-modal')).toMatch(/last good revision is brought back/);
    await byId('cancel-rollback').uncheck();
    expect(await text('cancel-deployment-modal')).toMatch(/stays as it is, ready or not/);
    await byId('cancel-rollback').check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-cancel');
    await byId('confirm-cancel-deployment-btn').click();
    await untilStatus('Cancelled');
    expect(await text('verdict-rollback')).toBe('The state before is back.');
    expect(await greeting()).toBe('ours');
    expect(await byId('cancel-deployment-btn').count()).toBe(0);
    await keepPicture(page, 'web-cancelled');
  });

  /** A plan that is approved while another deployment runs says so in place, and leads there. */
  const refusedMeanwhile = async (runningId: string): Promise<void> => {
    const { plan_id } = await client.planDeployment({ cluster_id: clusterId, service_id: 'shop:web' });
    const other = await openTab(browser, web.origin);
    await other.page.goto(`/plans/${plan_id}`);
    await other.page.getByTestId('approve-plan-btn').click();
    const error = other.page.getByTestId('approve-error');
    await error.waitFor();
    expect(await error.innerText()).toMatch(/A deployment of this service is running/);
    expect(await error.getByRole('link').getAttribute('href')).toBe(`/deployments/${runningId}`);
    await other.close();
  };

  it('rolls back to the revision that is chosen, as a new deployment, after saying what stays', async () => {
    await byId('rollback-btn').click();
    expect(await text('rollback-modal')).toMatch(/Data in volumes is not brought back/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-rollback');
    const cancelled = page.url();
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('rollback-btn');
    await byId('rollback-to-1').click();
    await byId('confirm-rollback-btn').filter({ hasText: 'Bring revision 1 back' }).click();
    await page.waitForURL((url) => url.href !== cancelled);
    const { kind, based_on } = await deployment(await untilStatus('Succeeded'));
    expect(kind).toBe('rollback');
    expect((await deployment(based_on ?? '')).revision).toBe(1);
    expect(await greeting()).toBe('hello');
    await byId('history').getByText('Rolled back from').first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-rolled-back');
  });

  it('answers in words for a plan that is not there', async () => {
    await page.goto('/plans/00000000-0000-4000-8000-000000000000');
    await page.getByText('There is no such plan').waitFor();
    await page.getByText('PLAN_NOT_FOUND').waitFor();
  });

  it.each([
    ['light', 360],
    ['dark', 360],
    ['dark', 1280],
  ] as const)('reads well in %s at %d pixels', async (colorScheme, width) => {
    const other = await openTab(browser, web.origin, { colorScheme, viewport: { width, height: 800 } });
    const { plan_id } = await client.planDeployment({
      cluster_id: clusterId,
      service_id: 'shop:web',
      env_vars: { GREETING: `a ${'very '.repeat(20)}long greeting` },
    });
    for (const [address, ready] of [
      [`/deployments/${await newest()}`, 'revision-1'],
      [`/plans/${plan_id}`, 'change-data.GREETING'],
    ] as const) {
      await other.page.goto(address);
      await other.page.getByTestId(ready).waitFor();
      expect({ address, findings: await accessibilityFindings(other.page) }).toEqual({ address, findings: [] });
      expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    await keepPicture(other.page, `web-plan-${colorScheme}-${String(width)}`);
    expect(other.faults).toEqual([]);
    await other.close();
  });
  const newest = async (): Promise<string> =>
    (await client.listDeployments({ limit: 1 })).deployments[0]?.deployment_id ?? '';

  it('carried no secret value to the browser, threw nothing and broke no rule of its policy', () => {
    const said = traffic.texts().join('\n');
    expect(said.length).toBeGreaterThan(10_000);
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain('canary-from-the-compose-file');
    expect(tab.faults).toEqual([]);
  });
});
