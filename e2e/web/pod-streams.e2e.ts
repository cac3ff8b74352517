import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import { repositoryRoot } from '@ushadow/testing';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { until } from '../faults/support/until.ts';
import { follow, gatewayClient, toBase64 } from '../support/gateway.ts';
import { PlayedKubelet } from '../support/played-kubelet.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

/** The colour that the first element with a text is drawn in. */
const colourOf = (selector: string, text: string): string =>
  `getComputedStyle([...document.querySelectorAll('${selector}')].find((each) => each.textContent === '${text}')).color`;

withBrowser('what containers write, and shells in them, through the web page', () => {
  let web: WebSystem;
  let kubelet: PlayedKubelet;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let pod = '';
  let stackId = '';
  let client: Client;
  let clusterId = '';

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'logs-page', {
      'compiler-service': { COMPOSE_DIR: join(repositoryRoot(), 'e2e/logs-page') },
    });
    kubelet = await PlayedKubelet.start(web.cluster, 'sandbox-1');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const { cluster_id } = await client.registerCluster({ name: 'bench', kubeconfig, namespace: web.namespace.name });
    const started = await client.startDeployment({ cluster_id, service_id: 'page:web' });
    expect((await follow(web.system.gatewayUrl, started.deployment_id)).deployment.status).toBe('succeeded');
    const { pods } = await client.listPods({ cluster_id, namespace: web.namespace.name, service_name: 'web' });
    pod = pods[0]?.name ?? '';
    const { stacks } = await client.listStacks({ limit: 1 });
    stackId = stacks[0]?.stack_id ?? '';
    clusterId = cluster_id;
    kubelet.write(pod, 'web', ...Array.from({ length: 200 }, (_, index) => `line ${String(index + 1)} of the past`));
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    ({ page } = tab);
    page.setDefaultTimeout(20_000);
    await page.goto(`/stacks/${stackId}`);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await kubelet?.stop();
    await web?.stop();
  }, 60_000);

  const byId = (id: string) => page.getByTestId(id);
  const shown = (text: string) => byId('log-lines').getByText(text, { exact: true });

  it('lines are reached from a stack, open at the newest line, and come as they are written', async () => {
    await byId('logs-btn').click();
    await byId('log-state').getByText('200 lines, live').waitFor();
    await shown('line 200 of the past').waitFor();
    kubelet.write(pod, 'web', '\u001b[31man error\u001b[0m that just happened');
    await byId('log-state').getByText('201 lines, live').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'logs');
  }, 60_000);

  it('lines stay where somebody has scrolled to, and go back to the newest on a click', async () => {
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

  it('lines stand still while they are paused, and go on with all that came', async () => {
    await byId('log-pause').click();
    kubelet.write(pod, 'web', 'while paused');
    await expect(shown('while paused').waitFor({ timeout: 1_000 })).rejects.toThrow();
    await byId('log-pause').click();
    await shown('while paused').waitFor();
  }, 60_000);

  it('lines are those with a text, and can be downloaded', async () => {
    await byId('log-search').fill('HAPPENED');
    await shown('line 200 of the past').waitFor({ state: 'detached' });
    await shown('an error that just happened').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), byId('log-download').click()]);
    expect(download.suggestedFilename()).toBe('logs.txt');
  }, 60_000);

  const screen = () => byId('shell-terminal').locator('.xterm-rows');

  it('a shell is opened, typed into, resized, left by a key, and says how it ended', async () => {
    await page.goto(`/stacks/${stackId}`);
    await byId('shell-web').click();
    await byId('shell-state').getByText('Connected').waitFor();
    await page.keyboard.type('echo $((40 + 2))\n');
    await screen().getByText('42', { exact: true }).waitFor();
    // A colour of millions, which the page's policy must not take away.
    await page.keyboard.type("printf '\\033[38;2;1;200;3mgreen\\n'\n");
    const green = screen().locator('span', { hasText: /^green/ });
    await green.waitFor();
    expect(await page.evaluate(colourOf('.xterm-rows span', 'green'))).toBe('rgb(1, 200, 3)');
    expect(kubelet.streams.executed.at(-1)).toMatchObject({ pod, container: 'web', tty: true });
    const width = (): number => kubelet.streams.sizes.at(-1)?.Width ?? 0;
    const wide = width();
    await page.setViewportSize({ width: 800, height: 900 });
    await until('the shell is told of its new size', () => width() < wide || undefined, 10_000);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-shell');
    const focused = byId('shell-terminal').locator(':focus');
    expect(await focused.count()).toBe(1);
    await page.keyboard.press('F6');
    expect(await focused.count()).toBe(0);
    await byId('shell-terminal').click();
    await page.keyboard.type('exit 3\n');
    await byId('shell-state').getByText('Ended with exit code 3').waitFor();
    await byId('shell-again-btn').click();
    await byId('shell-state').getByText('Connected').waitFor();
  }, 60_000);

  it('a shell ends when the cluster does not allow it any more, and none is opened or offered then', async () => {
    await client.updateCluster({ cluster_id: clusterId, policies: { exec: false } });
    await byId('shell-error').getByText('not allowed in the namespace any more').waitFor();
    await byId('shell-again-btn').click();
    await byId('shell-error').getByText('switched off in the namespace').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto(`/stacks/${stackId}`);
    await byId('logs-web').waitFor();
    expect(await byId('shell-web').count()).toBe(0);
    expect(tab.faults).toEqual([]);
  }, 60_000);
});
