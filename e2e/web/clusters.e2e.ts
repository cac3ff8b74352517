import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;
const PASSWORD = 'canary-typed-registry-password';

withBrowser('looking after a cluster on its card', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let id: string;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'card');
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
    await page.goto('/clusters');
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
  });

  const byId = (testId: string) => page.getByTestId(testId);
  const client = () => gatewayClient(web.system.gatewayUrl);
  const cluster = async () => client().getCluster({ cluster_id: id });

  it('R96: offers, while a cluster is added, commands that make an account for its namespace', async () => {
    await byId('add-cluster-btn').click();
    await byId('namespace-input').fill('shop');
    await byId('access-script').locator('summary').click();
    const script = byId('access-script').locator('pre');
    await script.waitFor();
    expect(await script.innerText()).toContain('kubectl -n shop create token ushadow');
    expect(await script.innerText()).not.toContain('ClusterRole');
    await byId('access-scope-checkbox').check();
    await script.filter({ hasText: 'ClusterRole' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-access-script');
  });

  it('U17: says after adding what is worth knowing about the credential, until it is understood', async () => {
    await byId('kubeconfig-input').fill(web.cluster.kubeconfig);
    await byId('cluster-name-input').fill('bench');
    await byId('namespace-input').fill(web.namespace.name);
    await byId('confirm-add-cluster-btn').click();
    await byId('add-cluster-modal').waitFor({ state: 'detached' });
    const [registered] = await client().listClusters({});
    id = registered?.cluster_id ?? '';
    expect(await byId('credential-warnings').innerText()).toMatch(/may do everything in the cluster/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-credential-warnings');
    await byId('dismiss-warnings').click();
    await byId('credential-warnings').waitFor({ state: 'detached' });
  });

  it('B7: shows what the credential may do, feature by feature', async () => {
    await byId(`access-${id}`).locator('> summary').click();
    await byId('feature-deploy').filter({ hasText: 'Works' }).waitFor();
    expect(await byId(`access-${id}`).innerText()).toMatch(/knows us as \S+/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId(`access-${id}`).locator('> summary').click();
  });

  it('R119: keeps a registry’s credential and shows it without its password; a bad registry is refused in place', async () => {
    await byId(`registries-${id}`).locator('> summary').click();
    await byId('registry-registry-input').fill('not a registry');
    await byId('registry-username-input').fill('robot');
    await byId('registry-password-input').fill(PASSWORD);
    await byId('keep-registry-btn').click();
    await byId('registry-error').filter({ hasText: 'REGISTRY_INVALID' }).waitFor();
    await byId('registry-registry-input').fill('https://ghcr.io/');
    await byId('keep-registry-btn').click();
    await byId('registry-ghcr.io').filter({ hasText: 'as robot' }).waitFor();
    expect(await byId('registry-password-input').inputValue()).toBe('');
    expect(await byId('registry-password-input').getAttribute('type')).toBe('password');
    expect(await page.content()).not.toContain(PASSWORD);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-registry-credentials');
    await byId('registry-ghcr.io').getByRole('button').click();
    await byId('registry-ghcr.io').waitFor({ state: 'detached' });
    expect(await client().listPullSecrets({ cluster_id: id })).toEqual({ pull_secrets: [] });
  });

  it('N1, B16: changes name, namespace, labels and routing, and clears them', async () => {
    await byId(`edit-cluster-${id}`).click();
    await byId('edit-name-input').fill('prod.eu');
    await byId('edit-namespace-input').fill('Not Valid');
    expect(await byId('save-cluster-btn').isDisabled()).toBe(true);
    await byId('edit-namespace-input').fill('');
    await byId('edit-labels-input').fill('env=prod, team=core');
    await byId('edit-gateway-input').fill('edge/web');
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('save-cluster-btn').click();
    await byId('edit-cluster-modal').waitFor({ state: 'detached' });
    expect(await cluster()).toMatchObject({
      name: 'prod.eu',
      namespace: 'ushadow',
      labels: { env: 'prod', team: 'core' },
      routing: { gateway: { namespace: 'edge', name: 'web' }, ingress_class: null, issuer: null },
    });
    await byId(`edit-cluster-${id}`).click();
    await byId('edit-namespace-input').fill(web.namespace.name);
    await byId('edit-labels-input').fill('');
    await byId('edit-gateway-input').fill('');
    await byId('save-cluster-btn').click();
    await byId('edit-cluster-modal').waitFor({ state: 'detached' });
    expect(await cluster()).toMatchObject({ namespace: web.namespace.name, labels: {}, routing: { gateway: null } });
  });

  it('replaces the credential after the same checks as at registration, and keeps the old one when they fail', async () => {
    await byId(`replace-credential-${id}`).click();
    await byId('kubeconfig-input').fill(web.cluster.kubeconfig.replace(web.cluster.server, 'https://127.0.0.1:1'));
    await byId('confirm-replace-credential-btn').click();
    await byId('replace-credential-error').filter({ hasText: 'CLUSTER_UNREACHABLE' }).waitFor();
    expect(await cluster()).toMatchObject({ status: 'connected', server: web.cluster.server });
    await byId('kubeconfig-input').fill(web.cluster.kubeconfig);
    await byId('confirm-replace-credential-btn').click();
    await byId('replace-credential-modal').waitFor({ state: 'detached' });
    await page.getByText('The credential of prod.eu is replaced.').waitFor();
  });

  it('says that a cluster is here already, and shows on both cards when it is added all the same', async () => {
    await byId('add-cluster-btn').click();
    await byId('kubeconfig-input').fill(web.cluster.kubeconfig);
    await byId('cluster-name-input').fill('twin');
    await byId('confirm-add-cluster-btn').click();
    const refusal = byId('add-cluster-error');
    await refusal.filter({ hasText: 'CLUSTER_ALREADY_REGISTERED' }).waitFor();
    expect(await refusal.innerText()).toMatch(/as "prod\.eu"/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('add-duplicate-btn').click();
    await byId('add-cluster-modal').waitFor({ state: 'detached' });
    await byId(`same-as-${id}`).waitFor();
    expect(await byId(`same-as-${id}`).innerText()).toBe('The same cluster as twin');
    const { same_as } = await cluster();
    await client().deleteCluster({ cluster_id: same_as[0] ?? '' });
    await byId(`same-as-${id}`).waitFor({ state: 'detached' });
  });

  it('reads well on a narrow screen with every part of the card open', async () => {
    const other = await openTab(browser, web.origin, { colorScheme: 'dark', viewport: { width: 360, height: 800 } });
    await other.page.goto('/clusters');
    for (const part of ['nodes', 'access', 'registries']) {
      await other.page.getByTestId(`${part}-${id}`).locator('> summary').click();
    }
    await other.page.getByTestId('feature-hints').waitFor();
    await other.page.getByTestId('keep-registry-btn').waitFor();
    expect(await accessibilityFindings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await keepPicture(other.page, 'web-card-narrow');
    expect(other.faults).toEqual([]);
    await other.close();
  });

  it('threw nothing, and sent the password nowhere but to where it is kept', () => {
    expect(tab.faults).toEqual([]);
    expect(web.system.logs()).not.toContain(PASSWORD);
  });
});
