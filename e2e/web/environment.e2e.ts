import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import { testNamespace, type TestNamespace } from '@ushadow/testing';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient, toBase64 } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { recordTraffic, type RecordedTraffic } from './support/recorded-traffic.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const MANY = 150;

const compose = `services:
  api:
    image: nginx:\${TAG:-1.27}
    environment:
      REDIS_URL: redis://cache:6379/3
      OPENAI_API_KEY: \${OPENAI_API_KEY}
      DB_HOST: \${DB_HOST:?where the database is}
      MODEL: \${MODEL:-small}
      MODE: fast
      CERTIFICATE:
  tagged:
    image: nginx:\${TAG:?which version}
    environment: {MODE: fast}
  many:
    image: nginx:1.27
    environment:
${Array.from({ length: MANY }, (_, index) => `      FEATURE_${String(index)}: 'on'`).join('\n')}
`;
const LONG_PATH = `a.${'long_'.repeat(12)}path`;
/** No part of an open dialog is wider than the screen. */
const NOTHING_BEYOND =
  '[...document.querySelectorAll("dialog, dialog *")].every((each) => each.getBoundingClientRect().right <= innerWidth)';
const CANARY_SETTING = 'sk-canary-of-a-setting-7f3a';
const CANARY_TYPED = 'canary-typed-in-the-dialog-91c';
const CANARY_LINES = '-----BEGIN KEY-----\ncanary-with-lines\n-----END KEY-----';

withBrowser('the environment of a service through the web page, in a real browser', () => {
  let web: WebSystem;
  let infra: TestNamespace;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let traffic: RecordedTraffic;
  let client: Client;
  let clusterId: string;
  const html: string[] = [];

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'env-web');
    client = gatewayClient(web.system.gatewayUrl);
    infra = await testNamespace(web.cluster, 'infra');
    await web.cluster.api.post(`/api/v1/namespaces/${infra.name}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'redis' },
      spec: { ports: [{ port: 6379 }] },
    });
    const registered = await client.registerCluster({
      name: 'bench',
      kubeconfig: toBase64(web.cluster.kubeconfig),
      namespace: web.namespace.name,
    });
    clusterId = registered.cluster_id;
    await client.scanInfra({ cluster_id: clusterId, namespace: infra.name });
    await client.uploadProject({ name: 'notes', files: [{ path: 'compose.yaml', content: toBase64(compose) }] });
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
    traffic = await recordTraffic(page.context());
  });

  afterAll(async () => {
    await browser?.close();
    await infra?.delete();
    await web?.stop();
  });

  const byId = (id: string) => page.getByTestId(id);
  const text = (id: string) => byId(id).innerText();
  const open = async (service: string): Promise<void> => {
    await page.goto(`/services?deploy=notes:${service}`);
    await byId('deploy-namespace-input').waitFor();
    await page.getByRole('list', { name: 'Variables' }).waitFor();
  };
  const deployed = async (): Promise<void> => {
    await byId('deploy-service-btn').click();
    await page.waitForURL('**/deployments/*');
    html.push(await page.content());
    await byId('deployment-status').filter({ hasText: 'Succeeded' }).waitFor({ timeout: 60_000 });
    html.push(await page.content());
  };
  const addSetting = async (path: string, value: string): Promise<void> => {
    await page.goto('/settings');
    await byId('add-setting-btn').click();
    await byId('setting-path-input').fill(path);
    await byId('setting-value-input').fill(value);
    await byId('save-setting-btn').click();
    await byId(`setting-${path}`).waitFor();
    html.push(await page.content());
  };
  const variable = async (service: string, name: string, namespace = web.namespace.name) => {
    const { variables } = await client.getServiceEnv({
      service_id: `notes:${service}`,
      cluster_id: clusterId,
      namespace,
    });
    return variables.find((each) => each.name === name);
  };
  const object = async (kind: 'configmaps' | 'secrets', name: string): Promise<unknown> =>
    (await web.cluster.api.get(`/api/v1/namespaces/${web.namespace.name}/${kind}/${name}`)).body;

  it('says what settings are for while there are none, with an example', async () => {
    await page.goto('/settings');
    await byId('no-settings').waitFor();
    expect(await text('no-settings')).toMatch(/api_keys\.openai_api_key/);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('names each required variable without a value, focuses the first, and deploys nothing (U29)', async () => {
    await open('api');
    expect(await text('source-OPENAI_API_KEY')).toBe('Not set');
    expect(await text('place-DB_HOST')).toBe('notes/compose.yaml:7');
    await byId('deploy-service-btn').click();
    expect(await text('deploy-blocked')).toMatch(/DB_HOST, OPENAI_API_KEY/);
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('value-input-DB_HOST');
    expect(await accessibilityFindings(page)).toEqual([]);
    expect((await client.listDeployments({})).deployments).toEqual([]);
    await keepPicture(page, 'web-environment-required');
  });

  it('checks a setting’s path by the contract while it is typed, and hides its value', async () => {
    await page.goto('/settings');
    await byId('add-setting-btn').click();
    await byId('setting-path-input').fill('api keys');
    await page.getByText(/A setting path is made of words separated by dots/).waitFor();
    expect(await byId('save-setting-btn').isDisabled()).toBe(true);
    expect(await byId('setting-value-input').getAttribute('type')).toBe('password');
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('keeps a secret setting without showing it again, and an open one with its value (R34)', async () => {
    await addSetting('api_keys.openai_api_key', CANARY_SETTING);
    await addSetting('settings.model', 'large');
    await addSetting('smtp.host', 'mail.example');
    expect(await text('setting-api_keys.openai_api_key')).toMatch(/secret[^]*set, not shown[^]*by operator/);
    expect(await text('setting-settings.model')).toMatch(/large/);
    await byId('setting-search').fill('mail');
    await byId('setting-settings.model').waitFor({ state: 'detached' });
    await byId('setting-smtp.host').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('asks for a secret’s value anew before it is changed', async () => {
    await byId('setting-search').fill('');
    await byId('edit-setting-api_keys.openai_api_key').click();
    expect(await byId('setting-value-input').inputValue()).toBe('');
    expect(await byId('save-setting-btn').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await keepPicture(page, 'web-settings');
  });

  it('shows the setting as the source, and every other value it could have (R32, R36)', async () => {
    await open('api');
    expect(await text('source-OPENAI_API_KEY')).toBe('Settings api_keys.openai_api_key');
    expect(await text('source-MODEL')).toBe('Settings settings.model');
    expect(await text('source-REDIS_URL')).toBe(`Scan ${infra.name}/redis`);
    expect(await text('source-MODE')).toBe('Compose');
    expect(await byId('value-input-OPENAI_API_KEY').getAttribute('type')).toBe('password');
    expect(await byId('value-input-OPENAI_API_KEY').inputValue()).toBe('');
    expect(await text('secrecy-OPENAI_API_KEY')).toMatch(/secret: /);
    await byId('map-button-MODEL').click();
    expect(await text('candidate-MODEL-0')).toMatch(/Settings settings\.model[^]*large[^]*In use/);
    expect(await text('candidate-MODEL-1')).toMatch(/Compose[^]*small[^]*the Compose file[^]*Use/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-environment-candidates');
  });

  it('takes another candidate, a setting, the empty text; each is seen as a change with a way back', async () => {
    await byId('candidate-MODEL-1').getByRole('button').press('Enter');
    expect(await text('candidate-MODEL-1')).toMatch(/In use/);
    expect(await page.evaluate('document.activeElement.closest("[data-testid]").dataset.testid')).toBe(
      'candidate-MODEL-1',
    );
    expect([await text('source-MODEL'), await byId('value-input-MODEL').inputValue()]).toEqual(['Typed', 'small']);
    await byId('map-button-MODE').click();
    await byId('map-select-MODE').selectOption('smtp.host');
    expect([await text('source-MODE'), await byId('value-input-MODE').inputValue()]).toEqual([
      'Settings smtp.host',
      'mail.example',
    ]);
    await byId('use-empty-MODE').click();
    expect(await text('source-MODE')).toBe('Typed empty');
    await byId('reset-MODE').press('Enter');
    expect(await byId('value-input-MODE').inputValue()).toBe('fast');
    await page.waitForFunction('document.activeElement.dataset.testid === "value-input-MODE"');
    expect(await text('keep-note')).toMatch(/^1 changed variable is kept/);
  });

  it('keeps what was typed when the namespace changes, and asks for that one’s values', async () => {
    await byId('value-input-DB_HOST').fill('db.example');
    await byId('deploy-namespace-input').fill('elsewhere');
    await page.waitForResponse((response) => response.url().includes('namespace=elsewhere'));
    expect(await byId('value-input-DB_HOST').inputValue()).toBe('db.example');
    await byId('deploy-namespace-input').fill(web.namespace.name);
  });

  it('previews with the same values and place (I5)', async () => {
    await byId('tab-preview').click();
    await byId('preview-manifests').waitFor();
    for (const summary of await byId('preview-manifests').locator('summary').all()) await summary.click();
    const manifests = await text('preview-manifests');
    expect(manifests).toMatch(/MODEL: small/);
    expect(manifests).toContain('DB_HOST: db.example');
    expect(manifests).toContain(`redis://redis.${infra.name}.svc.cluster.local:6379/3`);
    await byId('tab-configure').click();
  });

  it('saves what was changed and nothing else, then deploys (R33, 2.6)', async () => {
    await byId('value-input-CERTIFICATE').focus();
    await page.evaluate(
      `document.activeElement.dispatchEvent(new ClipboardEvent('paste', {
        bubbles: true, cancelable: true,
        clipboardData: (() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(CANARY_LINES)}); return data; })(),
      }))`,
    );
    await byId('secret-CERTIFICATE').click();
    await deployed();
    expect(await variable('api', 'MODEL')).toMatchObject({ source: 'typed', candidates: [{ saved: true }, {}, {}] });
    expect(await variable('api', 'MODE')).toMatchObject({ source: 'default', candidates: [{}] });
    expect(await variable('api', 'CERTIFICATE')).toMatchObject({ is_secret: true, secret_override: true });
    expect(await object('configmaps', 'api-config')).toMatchObject({
      data: { MODEL: 'small', MODE: 'fast', DB_HOST: 'db.example' },
    });
    expect(await object('secrets', 'api-secrets')).toMatchObject({
      data: { OPENAI_API_KEY: toBase64(CANARY_SETTING), CERTIFICATE: toBase64(CANARY_LINES) },
    });
  });

  it('tells what the last deployment used, and what would change now (B10)', async () => {
    await client.putSetting({ path: 'api_keys.openai_api_key', value: `${CANARY_SETTING}-rotated` });
    await open('api');
    expect(await text('source-MODEL')).toBe('Saved');
    expect(await text('last-used-MODEL')).toBe('same as the last deployment');
    await byId('value-input-MODEL').fill('huge');
    expect(await text('last-used-MODEL')).toBe('last deployment: small; would change now');
    expect(await byId('last-used-OPENAI_API_KEY').getAttribute('data-state')).toBe('changes');
    expect(await text('last-used-OPENAI_API_KEY')).toBe(
      'another value than the last deployment used; would change now',
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-environment-last-used');
  });

  it('resets what was saved to its next source, with the next deployment', async () => {
    await byId('reset-MODEL').click();
    expect(await byId('reset-MODEL').textContent()).toBe('Reset MODEL to Settings settings.model');
    await byId('reset-MODEL').click();
    expect([await text('source-MODEL'), await byId('value-input-MODEL').inputValue()]).toEqual([
      'Settings settings.model',
      'large',
    ]);
    await byId('map-button-MODE').click();
    await byId('map-select-MODE').selectOption('smtp.host');
    await deployed();
    expect(await variable('api', 'MODEL')).toMatchObject({ source: 'settings', value: 'large' });
    expect(await variable('api', 'MODE')).toMatchObject({ source: 'settings', value: 'mail.example' });
  });

  it('uses values once when they are only for this deployment', async () => {
    await open('api');
    await byId('value-input-MODEL').fill('once');
    await byId('value-input-REDIS_URL').fill('redis://mine:6379');
    expect(await text('overrides-REDIS_URL')).toBe(`overrides Scan ${infra.name}/redis`);
    await byId('secret-REDIS_URL').click();
    await byId('only-this-deployment').check();
    expect(await text('keep-note')).toBe('2 changed variables are used once and not kept.');
    await deployed();
    expect(await object('configmaps', 'api-config')).toMatchObject({ data: { MODEL: 'once' } });
    expect(await variable('api', 'MODEL')).toMatchObject({ value: 'large', last_used: { value: 'once', same: false } });
    expect(await object('secrets', 'api-secrets')).toMatchObject({
      data: { REDIS_URL: toBase64('redis://mine:6379') },
    });
    expect(await variable('api', 'REDIS_URL')).toMatchObject({ source: 'scan', secret_override: null });
  });

  it('says which change cannot be for one deployment alone', async () => {
    await open('api');
    await byId('map-button-MODEL').click();
    await byId('map-select-MODEL').selectOption('api_keys.openai_api_key');
    await byId('only-this-deployment').check();
    await byId('deploy-service-btn').click();
    expect(await text('deploy-blocked')).toMatch(/MODEL: this change can only be kept/);
  });

  it('offers fields for what the Compose file itself asks for, after a preview or a deploy (T6)', async () => {
    await open('tagged');
    await byId('tab-preview').click();
    expect(await text('preview-error')).toMatch(/The required variable TAG has no value: which version/);
    await byId('fill-in-variables').click();
    await byId('file-variable-TAG').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('file-variable-TAG');
    await byId('file-variable-TAG').fill('1.29');
    expect(await accessibilityFindings(page)).toEqual([]);
    await deployed();
    const { body } = await web.cluster.api.get(`/apis/apps/v1/namespaces/${web.namespace.name}/deployments/tagged`);
    expect(JSON.stringify(body)).toContain('nginx:1.29');
  });

  it('has let no secret into any HTML, answer or address after saving it (R97, R99)', async () => {
    await open('api');
    await byId('value-input-OPENAI_API_KEY').fill(CANARY_TYPED);
    await deployed();
    await open('api');
    expect(await text('source-OPENAI_API_KEY')).toBe('Saved');
    expect(await byId('value-input-OPENAI_API_KEY').inputValue()).toBe('');
    html.push(await page.content());
    await page.goto('/settings');
    await byId('setting-table').waitFor();
    html.push(await page.content());
    const { deployments } = await client.listDeployments({ cluster_id: clusterId });
    const events = await Promise.all(
      deployments.map(({ deployment_id }) => client.listDeploymentEvents({ deployment_id })),
    );
    const texts = [...html, ...traffic.texts(), JSON.stringify(events)];
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter((each) => each.includes('"OPENAI_API_KEY"')).length).toBeGreaterThan(3);
    for (const canary of [CANARY_SETTING, CANARY_TYPED, 'canary-with-lines']) {
      for (const form of [canary, encodeURIComponent(canary), toBase64(canary)]) {
        expect(texts.filter((each) => each.includes(form))).toEqual([]);
      }
    }
    expect(JSON.stringify(await object('secrets', 'api-secrets'))).toContain(toBase64(CANARY_TYPED));
  });

  it('says before a setting is removed what falls back, and afterwards who was mapped to it', async () => {
    await byId('remove-setting-smtp.host').click();
    expect(await text('remove-setting-modal')).toMatch(
      /fall back to another setting of that name, a scan, or their Compose file/,
    );
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('confirm-remove-setting-btn').click();
    expect(await text('setting-removed')).toMatch(/mapped to it[^]*notes:api/);
    await page.getByRole('link', { name: 'notes:api' }).click();
    expect(await text('environment-problem-SETTING_NOT_FOUND')).toMatch(/smtp\.host/);
    expect(await byId('reset-MODE').textContent()).toBe('Reset MODE to Compose');
  });

  it('keeps a list of 150 variables usable: filtered by name, source and kind, none hidden that blocks', async () => {
    await open('many');
    expect(await text('variable-count')).toBe(`${String(MANY)} variables`);
    await byId('variable-filter').fill('feature_14');
    await byId('variable-filter').press('Enter');
    expect(await text('variable-count')).toBe('11 of 150 variables');
    await byId('value-input-FEATURE_149').fill('off');
    await byId('variable-filter').fill('');
    await byId('variable-kind').selectOption('changed');
    expect(await text('variable-count')).toBe('1 of 150 variables');
    expect(await byId('value-input-FEATURE_149').inputValue()).toBe('off');
    await byId('variable-kind').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('value-input-FEATURE_149');
  });

  it.each([
    ['light', 360],
    ['dark', 360],
    ['dark', 1280],
  ] as const)(
    'reads well in %s at %d pixels: no finding of axe, nothing wider than the screen',
    async (colorScheme, width) => {
      const other = await openTab(browser, web.origin, { colorScheme, viewport: { width, height: 740 } });
      const of = (id: string) => other.page.getByTestId(id);
      await client.putSetting({ path: LONG_PATH, value: 'x'.repeat(300) });
      await other.page.goto('/settings');
      await of(`remove-setting-${LONG_PATH}`).waitFor();
      expect(await accessibilityFindings(other.page)).toEqual([]);
      expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await of(`remove-setting-${LONG_PATH}`).click();
      expect(await other.page.evaluate(NOTHING_BEYOND)).toBe(true);
      await other.page.goto('/services?deploy=notes:api');
      await of('map-button-REDIS_URL').click();
      await of('value-input-MODEL').fill('other');
      await of('value-input-MODEL').scrollIntoViewIfNeeded();
      expect(await accessibilityFindings(other.page)).toEqual([]);
      expect(await other.page.evaluate(NOTHING_BEYOND)).toBe(true);
      await keepPicture(other.page, `web-environment-${colorScheme}-${String(width)}`);
      expect(other.faults).toEqual([]);
      await other.close();
    },
  );

  it('says that scans cannot be asked, and takes no default for what may have been found', async () => {
    for (const scanner of web.system.processes('scanner-service')) await scanner.process.stop();
    await open('api');
    await byId('environment-problem-SCANS_UNAVAILABLE').waitFor();
    await byId('deploy-service-btn').click();
    expect(await text('deploy-error')).toMatch(/REDIS_URL[^]*ENVIRONMENT_UNAVAILABLE/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-environment-no-scans');
  });

  it('threw nothing and broke no rule of its own content security policy in this run', () => {
    expect(tab.faults).toEqual([]);
  });
});
