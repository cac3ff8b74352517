import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const compose = (greeting: string) => `services:
  web:
    image: nginx:\${TAG:-1.27}
    ports: ['8080:80']
    environment:
      GREETING: \${GREETING:-${greeting}}
      API_TOKEN: \${API_TOKEN:?the token of the shop}
    depends_on: [cache]
  cache:
    image: redis:8
    volumes: ['data:/data']
  tools:
    image: busybox:1.37
    profiles: [debug]
volumes:
  data:
`;
const TYPED = 'canary-typed-in-the-browser-5d1c';

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
  const deploymentId = (): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

  it('starts with nothing and says what to do first', async () => {
    await page.goto('/');
    await byId('no-cluster-yet').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
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

  it('lists projects, why a service cannot be deployed, and where a Compose file does not parse', async () => {
    await page.goto('/');
    await byId('no-stacks').waitFor();
    await page.goto('/projects');
    await byId('project-shop').waitFor();
    expect(await byId('catalog-problems').innerText()).toMatch(/broken\.yaml:\d+:\d+/);
    await byId('project-shop').locator('summary').first().click();
    expect(await byId('project-service-shop:only-built').innerText()).toMatch(/Cannot be deployed/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-projects');
  });

  it('adds a pasted project, and goes on to deploy it', async () => {
    await page.getByTestId('add-project-btn').click();
    await byId('compose-text').fill(compose('hello'));
    await byId('project-name-input').fill('paste');
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-new-project');
    await byId('confirm-add-project-btn').click();
    await page.waitForURL('**/projects/paste/deploy');
    await byId('variable-API_TOKEN').waitFor();
  });

  it('takes the only cluster by itself, ticks what is active, and leaves the namespace to be the project’s', async () => {
    expect(await byId('deploy-namespace').inputValue()).toBe('');
    expect(await byId('deploy-namespace').getAttribute('placeholder')).toBe('paste');
    expect(await byId('service-web').isChecked()).toBe(true);
    expect(await byId('service-tools').isChecked()).toBe(false);
    await byId('profile-debug').check();
    expect(await byId('service-tools').isChecked()).toBe(true);
    await byId('profile-debug').uncheck();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-deploy');
  });

  it('has one table of variables, required ones first, and deploys nothing while one is missing', async () => {
    const rows = await page.getByRole('list', { name: 'Variables' }).locator(':scope > li').all();
    expect(await rows[0]?.getAttribute('data-testid')).toBe('variable-API_TOKEN');
    expect(await byId('uses-API_TOKEN').innerText()).toMatch(/compose\.yaml:7:\d+ \(web\)/);
    await byId('deploy-btn').click();
    expect(await byId('deploy-blocked').innerText()).toMatch(/API_TOKEN/);
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('value-API_TOKEN');
    expect(await byId('variable-API_TOKEN').innerText()).toMatch(/the token of the shop/);
    expect((await client().listDeployments({})).deployments).toEqual([]);
  });

  it('shows the plan on request, service by service, and writes nothing for it', async () => {
    await byId('deploy-namespace').fill(web.namespace.name);
    await byId('value-API_TOKEN').fill(TYPED);
    await byId('plan-btn').click();
    await byId('plan').waitFor();
    expect(await byId('count-create').innerText()).toMatch(/^[1-9]\d* create$/);
    expect(await byId('planned-of-web').innerText()).toMatch(/Create\s+Deployment web/);
    expect(await byId('plan').innerText()).not.toContain(TYPED);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-plan');
  });

  it('deploys with one click, live to the verdict, service by service', async () => {
    await byId('deploy-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
    for (const service of ['web', 'cache']) {
      await byId(`service-${service}`).getByTestId('service-status').filter({ hasText: 'Succeeded' }).waitFor();
    }
    await byId('service-web').locator('summary').click();
    await byId(`object-Deployment/${web.namespace.name}/web`).first().filter({ hasText: 'Ready' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-deployment-succeeded');
  });

  it('shows the stored events, the same live and after a reload (B12)', async () => {
    const shown = async (): Promise<string[]> => {
      if ((await byId('events').getAttribute('open')) === null) await byId('events').locator('summary').click();
      const items = byId('events').locator('li');
      await items.first().waitFor();
      return Promise.all((await items.all()).map((item) => item.evaluate((element) => element.textContent ?? '')));
    };
    const live = await shown();
    const { events } = await client().listDeploymentEvents({ deployment_id: deploymentId() });
    expect(live).toHaveLength(events.length);
    events.forEach((event, index) => {
      expect(live[index]).toContain(event.message);
    });
    await page.reload();
    await byId('event-count')
      .filter({ hasText: String(events.length) })
      .waitFor();
    expect(await shown()).toEqual(live);
  });

  it('has the stack on the first page, and on a page of its own with three facts for each service', async () => {
    await page.goto('/');
    const row = byId('stack-table').getByRole('row').filter({ hasText: 'paste' });
    await row.getByTestId('services-ready').filter({ hasText: '2/2' }).waitFor({ timeout: 30_000 });
    expect(await row.innerText()).toMatch(/Running[^]*Succeeded/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-stacks');
    await row.getByRole('link', { name: 'paste' }).click();
    await byId('stack-page').waitFor();
    await service('web', 'service-health').filter({ hasText: 'Running' }).waitFor();
    await service('web', 'service-sync').filter({ hasText: 'In sync' }).waitFor();
    await service('web', 'last-deployment').filter({ hasText: 'Succeeded' }).waitFor();
    expect(await byId('service-web').innerText()).toMatch(/port-forward/);
    await byId('audit-table').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-stack');
  });

  const client = () => gatewayClient(web.system.gatewayUrl);
  const service = (name: string, fact: string) => byId(`service-${name}`).getByTestId(fact);
  /** Until the revision that an operation makes has ended well. */
  const revision = (number: number, status = 'Succeeded') =>
    byId(`revision-${String(number)}`)
      .getByTestId('revision-status')
      .filter({ hasText: status })
      .waitFor({ timeout: 60_000 });

  it('scales a service, and shows the file’s number beside the one that was set', async () => {
    await byId('scale-web').click();
    await byId('scale-input').fill('2');
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('confirm-scale-btn').click();
    await revision(2);
    await service('web', 'service-ready').filter({ hasText: '2/2' }).waitFor({ timeout: 30_000 });
    await byId('override-web-replicas').waitFor();
  });

  it('stops, starts and restarts a service', async () => {
    await byId('stop-web').click();
    expect(await byId('stop-modal').innerText()).toMatch(/Its configuration and data stay/);
    await byId('confirm-stop-btn').click();
    await service('web', 'service-health').filter({ hasText: 'Stopped' }).waitFor({ timeout: 60_000 });
    await revision(3);
    await byId('start-web').click();
    await revision(4);
    await service('web', 'service-health').filter({ hasText: 'Running' }).waitFor({ timeout: 30_000 });
    await byId('restart-web').click();
    await revision(5);
  });

  it('tells why an operation was refused, until what was in the way has ended', async () => {
    const [stack] = (await client().listStacks({})).stacks;
    const { deployment_id } = await client().deployStack({
      cluster_id: await registeredId(),
      project: 'paste',
      namespace: web.namespace.name,
      services: ['web'],
      with_dependencies: true,
      specs: { web: { node_selector: { 'ushadow.test/nowhere': 'true' } } },
    });
    await byId('restart-web').click();
    await byId('operation-error-web').waitFor();
    expect(await byId('operation-error-web').innerText()).toMatch(/DEPLOYMENT_IN_PROGRESS/);
    expect(await byId('operation-error-web').getByRole('link').getAttribute('href')).toBe(
      `/deployments/${deployment_id}`,
    );
    await client().cancelDeployment({ deployment_id });
    await byId('operation-error-web').waitFor({ state: 'detached', timeout: 60_000 });
    expect((await client().getStack({ stack_id: stack?.stack_id ?? '' })).services).toHaveLength(2);
  });

  it('starts the next deployment from what the stack has, and deploys changes from there', async () => {
    await byId('deploy-changes-btn').click();
    await byId('existing-stack').waitFor();
    await byId('source-API_TOKEN').filter({ hasText: 'Remembered' }).waitFor();
    expect(await byId('value-API_TOKEN').inputValue()).toBe('');
    await byId('value-GREETING').fill('changed');
    await byId('deploy-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
  });

  it('rolls one service back to an earlier revision, after saying what stays', async () => {
    await byId('to-stack').click();
    await byId('rollback-to-1').click();
    expect(await byId('rollback-modal').innerText()).toMatch(/Data in volumes is not brought back/);
    await byId('rollback-whole').uncheck();
    expect(await byId('confirm-rollback-btn').isDisabled()).toBe(true);
    await byId('rollback-service-web').check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-rollback');
    await byId('confirm-rollback-btn').click();
    await page.waitForURL('**/plans/*');
    expect(await byId('plan-rollback').innerText()).toMatch(/Data in volumes is not brought back/);
    await byId('deploy-plan-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
    expect((await client().getDeployment({ deployment_id: deploymentId() })).services).toEqual(['web']);
  });

  it('says failed, with reason, object, code and line, for a service that never gets ready', async () => {
    await byId('to-stack').click();
    await byId('deploy-changes-btn').click();
    await byId('spec-cache').locator('summary').click();
    await byId('cpuRequest-cache').fill('100000');
    await byId('how-fields').locator('summary').click();
    await byId('deadline-input').fill('6');
    await byId('deploy-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Failed' }).waitFor({ timeout: 60_000 });
    expect(await byId('verdict-reason').innerText()).toMatch(/cpu|schedul|ready/i);
    expect(await byId('verdict-object').innerText()).toMatch(/cache/);
    expect(await byId('verdict-code').innerText()).toMatch(/^[A-Z_]+$/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-deployment-failed');
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
        ['/', 'stack-table'],
        [`/stacks/${await theStack()}`, 'audit-table'],
        [`/stacks/${await theStack()}/remove`, 'remove-page'],
        ['/projects', 'project-shop'],
        ['/projects/new', 'compose-text'],
        ['/projects/paste/deploy', 'variable-API_TOKEN'],
        ['/clusters', 'total-clusters'],
        ['/deployments', 'deployment-table'],
        ['/settings', 'no-settings'],
        ['/audit', 'audit-table'],
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

  const theStack = async (): Promise<string> => (await client().listStacks({})).stacks[0]?.stack_id ?? '';

  it('checks that the audit trail is whole', async () => {
    await page.goto('/audit');
    await byId('audit-table').getByText('rollback asked for').first().waitFor();
    await byId('verify-audit-btn').click();
    await byId('audit-verified').filter({ hasText: 'The trail is whole' }).waitFor();
    await byId('audit-project').fill('nothing-of-this-name');
    await byId('no-audit').waitFor();
  });

  it('removes the stack: each claim by name, and its data only once the project’s name is typed', async () => {
    await page.goto(`/stacks/${await theStack()}/remove`);
    const [claim] = (await client().getStack({ stack_id: await theStack() })).volumes;
    await byId(`delete-claim-${claim?.claim ?? ''}`).check();
    expect(await byId('confirm-remove-btn').isDisabled()).toBe(true);
    await byId('confirm-project-input').fill('paste');
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-remove');
    await byId('confirm-remove-btn').click();
    await page.waitForURL('**/deployments/*');
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
    await page.goto('/');
    await byId('no-stacks').waitFor({ timeout: 30_000 });
    expect((await deploymentOf('web')).status).toBe(404);
  });
  const deploymentOf = (name: string) =>
    web.cluster.api.get(`/apis/apps/v1/namespaces/${web.namespace.name}/deployments/${name}`);

  it('let no typed secret into any page', async () => {
    expect(await page.content()).not.toContain(TYPED);
    const { deployments } = await client().listDeployments({});
    const events = await Promise.all(
      deployments.map(({ deployment_id }) => client().listDeploymentEvents({ deployment_id })),
    );
    expect(JSON.stringify([deployments, events])).not.toContain(TYPED);
  });

  it('removes a cluster after saying that what was deployed stays (U8)', async () => {
    const id = await registeredId();
    await page.goto('/clusters');
    await byId(`remove-cluster-${id}`).click();
    expect(await byId('remove-cluster-modal').innerText()).toMatch(/stays there/);
    await byId('confirm-remove-cluster-btn').click();
    await byId('no-clusters').waitFor();
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
