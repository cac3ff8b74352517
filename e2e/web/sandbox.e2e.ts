import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SandboxData } from '@ushadow/contracts';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient, toBase64 } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

withBrowser('the sandbox cluster on the first page while it is made', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let folder: string;

  /** What the start command does. */
  const say = (now: Partial<SandboxData>) => {
    const nothing = { since: new Date().toISOString(), doing: null, reason: null, remedy: null };
    return writeFile(join(folder, 'sandbox.json'), JSON.stringify({ ...nothing, ...now }));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const env = { 'cluster-service': { SANDBOX_FILE: join(folder, 'sandbox.json') } };
    web = await startWebSystem(import.meta.url, 'sandbox', env);
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
    await say({
      state: 'making',
      doing: 'building etcd from source',
      since: new Date(Date.now() - 90_000).toISOString(),
    });
    await page.goto('/');
    await line().waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  const line = () => page.getByTestId('sandbox-line');

  it('says what is being done and since when', async () => {
    expect(await line().innerText()).toBe(
      'A sandbox cluster is being made: building etcd from source. Begun 1 min ago.',
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-sandbox');
  });

  it('follows without a reload, to why there is none and what to do', async () => {
    await page.evaluate('globalThis.isSamePage = true');
    await say({ state: 'making', doing: 'starting the control plane' });
    await line().filter({ hasText: 'starting the control plane' }).waitFor();
    await say({ state: 'failed', reason: 'go: not found', remedy: 'Add a cluster of your own.' });
    await line().filter({ hasText: 'no sandbox cluster: go: not found. Add a cluster of your own.' }).waitFor();
    await say({ state: 'off' });
    await line().filter({ hasText: '--no-sandbox' }).waitFor();
    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
  });

  it('is gone once the cluster is registered, which the page then shows', async () => {
    await say({ state: 'making', doing: 'starting' });
    await line().filter({ hasText: 'being made' }).waitFor();
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    await gatewayClient(web.system.gatewayUrl).registerCluster({ name: 'sandbox', kubeconfig });
    await say({ state: 'ready' });
    await line().waitFor({ state: 'detached' });
    await page.getByTestId('no-stacks').waitFor();
    expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
    expect(tab.faults).toEqual([]);
  });

  it('is not there in an installation that makes none', async () => {
    await rm(join(folder, 'sandbox.json'));
    const client = gatewayClient(web.system.gatewayUrl);
    expect(await client.getSandbox({})).toMatchObject({ state: 'none', since: null });
  });
});
