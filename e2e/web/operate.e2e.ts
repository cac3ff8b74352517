import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { until } from '../faults/support/until.ts';
import { follow, gatewayClient, toBase64 } from '../support/gateway.ts';
import { kubectl } from '../support/peers.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const COMPOSE = `services:
  web:
    image: nginx:\${VERSION:-1.27}
    ports: ['8080:80']
    environment: { MODE: calm }
`;

withBrowser('what people do with a stack all day, through the web page', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let client: Client;
  let stackId = '';
  const receiver = createServer();
  const received: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'operate-page', {
      'deployer-service': { DRIFT_EVERY_MINUTES: '0' },
      'notifier-service': { ALLOW_PRIVATE_RECEIVERS: 'true' },
    });
    receiver.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(204).end();
      });
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    const { cluster_id } = await client.registerCluster({ name: 'bench', kubeconfig });
    const files = [{ path: 'compose.yaml', content: toBase64(COMPOSE) }];
    await client.uploadProject({ name: 'app', files });
    for (const VERSION of ['1.27', '1.28']) {
      const place = { cluster_id, project: 'app', namespace: web.namespace.name };
      const started = await client.deployStack({ ...place, variables: { VERSION }, message: `nginx ${VERSION}` });
      const { deployment } = await follow(web.system.gatewayUrl, started.deployment_id);
      expect(deployment.status).toBe('succeeded');
      stackId = deployment.stack_id;
    }
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    ({ page } = tab);
    page.setDefaultTimeout(20_000);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    receiver.closeAllConnections();
    receiver.close();
    await web?.stop();
  }, 60_000);

  const byId = (id: string) => page.getByTestId(id);
  const text = (id: string) => byId(id).innerText();
  const openStack = async (): Promise<void> => {
    await page.goto(`/stacks/${stackId}`);
    await byId('stack-page').waitFor();
  };
  /** On the page of a plan: begins, and follows it to its end. */
  const deployPlan = async (): Promise<void> => {
    await page.waitForURL('**/plans/*');
    await byId('deploy-plan-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
  };
  const image = async (): Promise<string> => {
    const { body } = await web.cluster.api.get(`/apis/apps/v1/namespaces/${web.namespace.name}/deployments/web`);
    return /"image":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
  };

  it('two revisions are compared, one is named, and the stack goes back to it by a plan', async () => {
    await openStack();
    await byId('revision-details-1').click();
    await byId('diff-to').selectOption('2');
    const difference = byId('revision-diff').locator('[data-testid$=".image"]');
    await difference.waitFor();
    expect(await difference.innerText()).toMatch(/"nginx:1\.27"\s+"nginx:1\.28"/);
    await byId('tag-input').fill('before the update');
    expect(await byId('tag-btn').isDisabled()).toBe(true);
    await byId('tag-input').fill('old-nginx');
    await byId('tag-input').press('Enter');
    await byId('untag-old-nginx').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-revision');
    await byId('rollback-btn').click();
    await byId('confirm-rollback-btn').click();
    await byId('plan-rollback').waitFor();
    expect(await page.locator('[data-testid$=".image"]').innerText()).toMatch(/"nginx:1\.28"\s+"nginx:1\.27"/);
    await deployPlan();
    expect(await image()).toBe('nginx:1.27');
  });

  it('what others have changed is shown with field and manager; one field is adopted, the rest brought back', async () => {
    const kube = (...args: string[]) => kubectl(web.cluster.kubeconfigPath, web.namespace.name, ...args);
    await kube('scale', 'deployment/web', '--replicas=2');
    await kube('patch', 'configmap', 'web-config', '--type=merge', '-p', '{"data":{"MODE":"wild"}}');
    await openStack();
    await byId('check-drift-btn').click();
    await byId('drift-found').filter({ hasText: '2 objects are not as deployed' }).waitFor();
    const of = (kind: string) => byId('stack-drift').locator(`[data-testid^="drifted-${kind}/"]`);
    expect(await of('Deployment').innerText()).toMatch(/spec\.replicas\s+1\s+2\s+kubectl/);
    expect(await of('ConfigMap').innerText()).toMatch(/data\.MODE\s+"calm"\s+"wild"\s+kubectl-patch/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-drift');
    await page.goto(`/stacks/${stackId}/revisions/1`);
    await byId('change-spec.replicas').waitFor();
    expect(await text('change-spec.replicas')).toMatch(/spec\.replicas\s+1\s+2/);
    await byId('revision-diff').getByText('spec.replicas belongs to kubectl').waitFor();
    await openStack();
    await of('Deployment').locator('[data-testid$="-spec.replicas"]').click();
    await deployPlan();
    await openStack();
    expect(await text('override-web-replicas')).toBe('replicas 2, set here; the file says 1');
    await byId('check-drift-btn').click();
    await byId('drift-found').filter({ hasText: '1 object is not as deployed' }).waitFor();
    await byId('repair-all-btn').click();
    await deployPlan();
    await openStack();
    await byId('check-drift-btn').click();
    await byId('drift-none').waitFor();
  });

  it('a webhook is set up, refused where it is not safe, tested with its signature, and has a log', async () => {
    const { port } = receiver.address() as AddressInfo;
    await page.goto('/settings/notifications');
    await byId('no-channels').waitFor();
    await byId('add-channel-btn').click();
    await byId('channel-name-input').fill('ops');
    await byId('channel-url-input').fill(`http://127.0.0.1:${String(port)}/secret-path`);
    await byId('channel-about-select').selectOption(`stack/${stackId}`);
    await byId('save-channel-btn').click();
    await byId('channel-error').getByText('This receiver is not contacted').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('channel-plaintext').check();
    await byId('save-channel-btn').click();
    const key = await byId('channel-added').locator('pre').innerText();
    await byId('test-channel-ops').click();
    await byId('tested-ops').getByText('The test got there').waitFor();
    await byId('delivery-table').getByText('Delivered').waitFor();
    const [{ headers, body }] = received as [(typeof received)[number]];
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const secret = Buffer.from(key.slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', secret).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(await text('channel-ops')).toMatch(/others have changed a stack.*\(only stack app in /);
    expect(await page.content()).not.toContain('secret-path');
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-notifications');
  });

  it('a hook is made, deploys what CI pushes, and is good for nothing once it is revoked', async () => {
    await openStack();
    await byId('no-hooks').waitFor();
    await byId('add-hook-btn').click();
    await byId('hook-name-input').fill('ci');
    await byId('save-hook-btn').click();
    await byId('hook-made').waitFor();
    const [url, key] = await byId('hook-made').locator('pre').allInnerTexts();
    expect(await accessibilityFindings(page)).toEqual([]);
    const call = async (): Promise<number> => {
      const body = JSON.stringify({ service: 'web', image: 'nginx:1.29' });
      const signature = createHmac('sha256', key ?? '')
        .update(body)
        .digest('hex');
      const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
      return (await fetch(url ?? '', { method: 'POST', body, headers })).status;
    };
    expect(await call()).toBe(202);
    await byId('hook-ci').getByText('web of app gets the new image.').waitFor();
    await until('the new image is there', async () => (await image()) === 'nginx:1.29' || undefined, 30_000);
    expect(await page.content()).toContain(url);
    await page.reload();
    await byId('revoke-ci').waitFor();
    expect(await page.content()).not.toContain(url);
    await byId('revoke-ci').click();
    await byId('confirm-revoke-hook-btn').click();
    await byId('no-hooks').waitFor();
    expect(await call()).toBe(401);
  });

  it('no page breaks a rule of its own content security policy when it is opened by its address', async () => {
    const ofStack = ['', '/live', '/logs', '/shell', '/revisions/1', '/remove'].map(
      (end) => `/stacks/${stackId}${end}`,
    );
    const others = ['projects', 'projects/app/deploy', 'templates', 'deployments', 'clusters', 'settings', 'audit'];
    for (const path of ['/', '/settings/notifications', ...ofStack, ...others.map((each) => `/${each}`)]) {
      await page.goto(path);
      await page.locator('main h1').waitFor();
    }
    expect(tab.faults).toEqual([]);
  });
});
