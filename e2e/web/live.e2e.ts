import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import type { Browser } from 'playwright-core';
import { follow, gatewayClient, toBase64 } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;
const TOKEN = 'canary-of-the-page';

withBrowser('the live page of a stack', () => {
  let web: WebSystem;
  let browser: Browser;
  let client: Client;
  let stackId = '';

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'live');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const namespace = web.namespace.name;
    const { cluster_id } = await client.registerCluster({ name: 'bench', kubeconfig, namespace });
    await client.saveServiceEnv({ cluster_id, service_id: 'shop:web', set: { API_TOKEN: { value: TOKEN } } });
    const deploy = async (input: object) => {
      const started = await client.deployStack({ cluster_id, project: 'shop', namespace, services: ['web'], ...input });
      return (await follow(web.system.gatewayUrl, started.deployment_id)).deployment;
    };
    const deployment = await deploy({});
    expect(deployment).toMatchObject({ status: 'succeeded' });
    stackId = deployment.stack_id;
    // Finds no node, and stays as it is.
    const specs = { web: { node_selector: { 'ushadow.test/nowhere': 'true' } } };
    await deploy({ specs, rollback: false, deadline_seconds: 20 });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
  });

  it('unfolds what fails, says why, and shows events and YAML of what is clicked', async () => {
    const { page, faults, close } = await openTab(browser, web.origin);
    await page.goto(`/stacks/${stackId}`);
    await page.getByTestId('live-btn').click();
    const tree = page.getByTestId('live-tree');
    const pod = tree.locator('[data-testid^="node-Pod/"]').filter({ hasText: 'Unschedulable' });
    await pod.waitFor();
    await pod.getByTestId('choose-node').click();
    const details = page.getByTestId('node-details');
    await details.getByTestId('node-summary').getByText('Unschedulable').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'live-tree');
    await details.getByTestId('tab-events').click();
    await details.getByTestId('node-events').getByText('FailedScheduling').first().waitFor();
    await details.getByTestId('tab-yaml').click();
    await details.getByTestId('node-yaml').getByText('kind: Pod').waitFor();
    expect(await page.content()).not.toContain(TOKEN);
    expect(faults).toEqual([]);
    await close();
  });

  it('R108 shows the keys of a Secret, and a value once somebody has confirmed that it is to be shown', async () => {
    const { page, faults, close } = await openTab(browser, web.origin);
    await page.goto(`/stacks/${stackId}/live`);
    await page.getByTestId('node-service:web').getByTestId('choose-node').click();
    await page.getByTestId('tab-config').click();
    await page.getByTestId('reveal-web-secrets-API_TOKEN').click();
    await page.getByTestId('reveal-modal').waitFor();
    expect(await page.content()).not.toContain(TOKEN);
    await page.getByTestId('confirm-reveal-btn').click();
    await page.getByTestId('revealed-modal').getByText(TOKEN).waitFor();
    await page.getByTestId('revealed-modal').getByText('Hide it').click();
    await page.getByTestId('revealed-modal').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(TOKEN);
    expect(faults).toEqual([]);
    await close();
  });
});
