import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const EXEC_KUBECONFIG = `apiVersion: v1
kind: Config
current-context: a
contexts: [{ name: a, context: { cluster: c, user: größe } }]
clusters: [{ name: c, cluster: { server: 'https://127.0.0.1:1' } }]
users: [{ name: größe, user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: /bin/sh } } }]
`;

withBrowser('the product through its web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'web');
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
  const registeredId = async (): Promise<string> => {
    const [cluster] = await gatewayClient(web.system.gatewayUrl).listClusters({});
    if (cluster === undefined) throw new Error('no cluster is registered');
    return cluster.cluster_id;
  };
  const openDeploy = async (service: string): Promise<void> => {
    await page.goto('/services');
    await byId(`select-service-${service}`).click();
    await byId('deploy-namespace-input').waitFor();
  };
  const deploymentId = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

  it('starts with nothing and says what to do first', async () => {
    await page.goto('/clusters');
    await byId('no-clusters').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('shows in the dialog what is wrong with a kubeconfig, field by field, and stores nothing', async () => {
    await byId('add-cluster-btn').click();
    expect(await byId('confirm-add-cluster-btn').isDisabled()).toBe(true);
    await byId('cluster-name-input').fill('hostile');
    await byId('kubeconfig-input').fill(EXEC_KUBECONFIG);
    await byId('confirm-add-cluster-btn').click();
    const error = byId('add-cluster-error');
    await error.waitFor();
    expect(await error.innerText()).toMatch(/exec/);
    expect(await error.innerText()).toMatch(/KUBECONFIG_/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-bad-kubeconfig');
    await page.keyboard.press('Escape');
    expect(await gatewayClient(web.system.gatewayUrl).listClusters({})).toEqual([]);
  });

  it('says at which line and column pasted text is not YAML', async () => {
    await byId('add-cluster-btn').click();
    await byId('kubeconfig-input').fill('apiVersion: v1\nclusters: [{\n');
    await page.getByText(/at line \d+, column \d+/).waitFor();
    await byId('close-add-cluster-modal').click();
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('add-cluster-btn');
  });

  it('registers a cluster from a pasted kubeconfig (U15, U16)', async () => {
    await byId('add-cluster-btn').click();
    await byId('kubeconfig-input').fill(`# größe 東京\n${web.cluster.kubeconfig}`);
    await byId('cluster-name-input').fill('bench');
    await byId('namespace-input').fill(web.namespace.name);
    await byId('labels-input').fill('env=test');
    await byId('confirm-add-cluster-btn').click();
    await byId('add-cluster-modal').waitFor({ state: 'detached' });
    const card = byId(`cluster-card-${await registeredId()}`);
    await card.waitFor();
    const text = await card.innerText();
    for (const part of [
      'bench',
      'Connected',
      /K8s v1\./,
      /\d+ nodes?/,
      `namespace: ${web.namespace.name}`,
      'env: test',
    ]) {
      expect(text).toMatch(part);
    }
    expect(await byId('connected-clusters').innerText()).toMatch(/1/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-clusters');
  });

  it('scans a namespace for infrastructure and shows the result (U12, U13)', async () => {
    await byId(`scan-infra-${await registeredId()}`).click();
    await byId('scan-namespace-input').fill(web.namespace.name);
    await byId('confirm-scan-btn').click();
    await byId('infra-scan-results-modal').waitFor();
    await byId('close-scan-results').click();
    await byId(`view-scan-results-${await registeredId()}-${web.namespace.name}`).waitFor();
  });

  it('lists services, why one cannot be deployed, and where a Compose file does not parse', async () => {
    await page.goto('/services');
    await byId('not-deployable-only-built').waitFor();
    expect(await byId('catalog-problems').innerText()).toMatch(/broken\.yaml:\d+:\d+/);
    await byId('service-search').fill('front');
    await byId('select-service-cache').waitFor({ state: 'detached' });
    await byId('select-service-web').waitFor();
    expect(new URL(page.url()).search).toBe('?q=front');
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-services');
  });

  it('selects the only cluster by itself, prefills its namespace and previews the objects (U18, U22, U34)', async () => {
    await openDeploy('web');
    expect(await byId('deploy-namespace-input').inputValue()).toBe(web.namespace.name);
    await byId('value-input-API_TOKEN').fill('canary-typed-in-the-browser');
    await byId('tab-preview').click();
    await byId('preview-manifests').waitFor();
    expect(await byId('preview-summary').innerText()).toMatch(/Deployment/);
    for (const summary of await byId('preview-manifests').locator('summary').all()) await summary.click();
    expect(await byId('preview-manifests').innerText()).not.toContain('canary');
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-preview');
  });

  it('deploys it, live to the verdict, with its pods Running', async () => {
    await byId('tab-configure').click();
    await byId('deploy-service-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
    await byId('pod-status').filter({ hasText: 'Running' }).waitFor();
    await byId('object-Deployment/' + web.namespace.name + '/web')
      .filter({ hasText: 'Ready' })
      .waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-deployment-succeeded');
  });

  it('shows the stored events, the same live and after a reload (B12)', async () => {
    const shown = async (): Promise<string[]> => {
      const items = byId('events').locator('li');
      return Promise.all((await items.all()).map((item) => item.evaluate((element) => element.textContent ?? '')));
    };
    const live = await shown();
    const { events } = await gatewayClient(web.system.gatewayUrl).listDeploymentEvents({
      deployment_id: deploymentId(),
    });
    expect(live).toHaveLength(events.length);
    events.forEach((event, index) => {
      expect(live[index]).toContain(event.message);
    });
    await page.reload();
    await byId('events')
      .locator(`li[data-sequence="${String(events.length)}"]`)
      .waitFor({ state: 'attached' });
    expect(await shown()).toEqual(live);
  });

  it('says failed, with reason, object and code, for a deploy that never gets ready', async () => {
    await openDeploy('cache');
    await byId('advanced-fields').locator('summary').click();
    await page.getByLabel(/^CPU request/).fill('100000');
    await byId('deadline-input').fill('6');
    await byId('deploy-service-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Failed' }).waitFor({ timeout: 60_000 });
    expect(await byId('verdict-reason').innerText()).toMatch(/cpu|schedul|ready/i);
    expect(await byId('verdict-object').innerText()).toMatch(/cache/);
    expect(await byId('verdict-code').innerText()).toMatch(/^[A-Z_]+$/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-deployment-failed');
  });

  it('lists both deployments, newest first', async () => {
    await page.goto('/deployments');
    await byId('deployment-table').waitFor();
    expect(await byId('deployment-status').allInnerTexts()).toEqual(['Failed', 'Succeeded']);
    await keepPicture(page, 'web-deployments');
  });

  it.each([
    ['light', 360],
    ['dark', 360],
    ['dark', 1280],
  ] as const)(
    'reads well in %s at %d pixels: no finding of axe, nothing wider than the screen',
    async (colorScheme, width) => {
      const other = await openTab(browser, web.origin, { colorScheme, viewport: { width, height: 800 } });
      for (const [path, ready] of [
        ['/', 'overview-page'],
        ['/clusters', 'total-clusters'],
        ['/services', 'select-service-web'],
        ['/deployments', 'deployment-table'],
        ['/settings', 'no-settings'],
        [`/deployments/${await latestDeployment()}`, 'verdict-code'],
      ] as const) {
        await other.page.goto(path);
        await other.page.getByTestId(ready).waitFor();
        expect({ path, findings: await accessibilityFindings(other.page) }).toEqual({ path, findings: [] });
        expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      }
      await keepPicture(other.page, `web-deployment-${colorScheme}-${String(width)}`);
      expect(other.faults).toEqual([]);
      await other.close();
    },
  );
  const latestDeployment = async (): Promise<string> => {
    const { deployments } = await gatewayClient(web.system.gatewayUrl).listDeployments({ limit: 1 });
    return deployments[0]?.deployment_id ?? '';
  };

  it('removes a cluster after saying that what was deployed stays (U8)', async () => {
    const id = await registeredId();
    await page.goto('/clusters');
    await byId(`remove-cluster-${id}`).click();
    expect(await byId('remove-cluster-modal').innerText()).toMatch(/stays there/);
    await byId('confirm-remove-cluster-btn').click();
    await byId('no-clusters').waitFor();
    const { status } = await web.cluster.api.get(`/apis/apps/v1/namespaces/${web.namespace.name}/deployments/web`);
    expect(status).toBe(200);
  });

  it('answers in words for a deployment that is not there', async () => {
    await page.goto('/deployments/00000000-0000-4000-8000-000000000000');
    await page.getByText('There is no such deployment').waitFor();
    await page.getByText('DEPLOYMENT_NOT_FOUND').waitFor();
  });

  it('refuses another Host and a cross-site Origin before anything reaches the gateway', async () => {
    const url = `${web.origin}/api/kubernetes/clusters`;
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('threw nothing and broke no rule of its own content security policy in this run', () => {
    expect(tab.faults).toEqual([]);
  });
});
