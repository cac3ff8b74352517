import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@ushadow/testing';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { follow, gatewayClient, toBase64 } from '../support/gateway.ts';
import { PlayedKubelet } from '../support/played-kubelet.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

withBrowser('logs through the web page, in a real browser', () => {
  let web: WebSystem;
  let kubelet: PlayedKubelet;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let pod = '';

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'logs-page', {
      'compiler-service': { COMPOSE_DIR: join(repositoryRoot(), 'e2e/logs-page') },
    });
    kubelet = await PlayedKubelet.start(web.cluster, 'sandbox-1');
    const client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const { cluster_id } = await client.registerCluster({ name: 'bench', kubeconfig, namespace: web.namespace.name });
    const started = await client.startDeployment({ cluster_id, service_id: 'page:web' });
    expect((await follow(web.system.gatewayUrl, started.deployment_id)).deployment.status).toBe('succeeded');
    const { pods } = await client.listPods({ cluster_id, namespace: web.namespace.name, service_name: 'web' });
    pod = pods[0]?.name ?? '';
    const { stacks } = await client.listStacks({ limit: 1 });
    kubelet.write(pod, 'web', ...Array.from({ length: 200 }, (_, index) => `line ${String(index + 1)} of the past`));
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    ({ page } = tab);
    page.setDefaultTimeout(20_000);
    await page.goto(`/stacks/${stacks[0]?.stack_id ?? ''}`);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await kubelet?.stop();
    await web?.stop();
  }, 60_000);

  const byId = (id: string) => page.getByTestId(id);
  const shown = (text: string) => byId('log-lines').getByText(text, { exact: true });

  it('are reached from a stack, open at the newest line, and come as they are written', async () => {
    await byId('logs-btn').click();
    await byId('log-state').getByText('200 lines, live').waitFor();
    await shown('line 200 of the past').waitFor();
    kubelet.write(pod, 'web', '\u001b[31man error\u001b[0m that just happened');
    await byId('log-state').getByText('201 lines, live').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'logs');
  }, 60_000);

  it('stay where somebody has scrolled to, and go back to the newest on a click', async () => {
    await byId('log-lines').evaluate((box) => {
      box.scrollTop = 0;
    });
    await shown('line 1 of the past').waitFor();
    kubelet.write(pod, 'web', 'written meanwhile');
    await byId('log-newest').waitFor();
    expect(await shown('written meanwhile').count()).toBe(0);
    await byId('log-newest').click();
    await shown('written meanwhile').waitFor();
  }, 60_000);

  it('stand still while they are paused, and go on with all that came', async () => {
    await byId('log-pause').click();
    kubelet.write(pod, 'web', 'while paused');
    await expect(shown('while paused').waitFor({ timeout: 1_000 })).rejects.toThrow();
    await byId('log-pause').click();
    await shown('while paused').waitFor();
  }, 60_000);

  it('are those with a text, and can be downloaded', async () => {
    await byId('log-search').fill('HAPPENED');
    await shown('line 200 of the past').waitFor({ state: 'detached' });
    await shown('an error that just happened').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), byId('log-download').click()]);
    expect(download.suggestedFilename()).toBe('logs.txt');
    expect(tab.faults).toEqual([]);
  }, 60_000);
});
