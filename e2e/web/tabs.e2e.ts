import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { gatewayClient, toBase64 } from '../support/gateway.ts';
import { launchBrowser, noBrowser } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

/** One more than HTTP/1.1 gives a browser connections to a host. */
const TABS = 7;

withBrowser('seven tabs of one browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let client: Client;
  let clusterId: string;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'tabs');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const namespace = web.namespace.name;
    clusterId = (await client.registerCluster({ name: 'bench', kubeconfig, namespace })).cluster_id;
    const source = 'services:\n  web:\n    image: nginx:1.27\n    deploy: { update_config: { monitor: 10m } }\n';
    await client.uploadProject({ name: 'slow', files: [{ path: 'compose.yaml', content: toBase64(source) }] });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
  });

  /** A deployment that is under way for as long as it is watched: its pod counts as there after ten minutes alone. */
  const begin = async (): Promise<string> => {
    const { deployment_id } = await client.deployStack({
      cluster_id: clusterId,
      project: 'slow',
      namespace: web.namespace.name,
      services: ['web'],
      specs: {},
      env_secrets: {},
      rollback: false,
      supersede: true,
    });
    return deployment_id;
  };

  /** How many streams the browser holds open, seen from the page’s own requests. */
  const streamsOf = (context: BrowserContext): Set<string> => {
    const open = new Set<string>();
    context.on('request', (request) => {
      if (request.url().includes('/events/stream')) open.add(request.url());
    });
    return open;
  };

  it.each([
    ['a worker that they share', []],
    ['the tab that leads, where there is no such worker', ['delete globalThis.SharedWorker']],
  ])('all follow a deployment live, and still load what they need, over %s', async (_, scripts) => {
    const context = await browser.newContext({ baseURL: web.origin });
    for (const script of scripts) await context.addInitScript(script);
    const streams = streamsOf(context);
    const id = await begin();
    const tabs: Page[] = [];
    for (let index = 0; index < TABS; index += 1) {
      const tab = await context.newPage();
      tab.setDefaultTimeout(20_000);
      await tab.goto(`/deployments/${id}`);
      await tab.getByTestId('stage-wait').waitFor({ timeout: 30_000 });
      tabs.push(tab);
    }
    // Each of them still has a connection to ask with.
    const answers = tabs.map((tab) => tab.evaluate("fetch('/api/stacks').then((response) => response.status)"));
    expect(await Promise.all(answers)).toEqual(Array.from({ length: TABS }, () => 200));
    // The first one leads, where one does: the others go on without it.
    await tabs[0]?.close();
    await client.cancelDeployment({ deployment_id: id, rollback: false });
    for (const tab of tabs.slice(1)) {
      await tab.getByTestId('deployment-status').filter({ hasText: 'Cancelled' }).waitFor({ timeout: 60_000 });
    }
    expect([...streams].every((url) => !/deployments\/[^/]+\/events/.test(url))).toBe(true);
    await context.close();
  });
});
