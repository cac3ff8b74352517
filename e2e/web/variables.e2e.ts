import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient, toBase64 } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { recordTraffic, type RecordedTraffic } from './support/recorded-traffic.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const compose = `services:
  api:
    image: nginx:\${TAG:-1.27}
    environment:
      API_KEY: \${API_KEY:?the key of the shop}
      DB_PASSWORD: \${DB_PASSWORD:-password}
      MODEL: \${MODEL:-small}
  db:
    image: nginx:1.27
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD:-password}
`;
const CANARY_SETTING = 'sk-canary-of-a-setting-7f3a';
const CANARY_TYPED = 'canary-typed-on-the-page-91c';

withBrowser('the variables of a project through the web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let traffic: RecordedTraffic;
  let client: Client;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'variables');
    client = gatewayClient(web.system.gatewayUrl);
    const kubeconfig = toBase64(web.cluster.kubeconfig);
    await client.registerCluster({ name: 'bench', kubeconfig, namespace: web.namespace.name });
    await client.uploadProject({ name: 'notes', files: [{ path: 'compose.yaml', content: toBase64(compose) }] });
    await client.putSetting({ path: 'settings.model', value: 'large', is_secret: false, for_uploads: true });
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin, { acceptDownloads: true });
    page = tab.page;
    page.setDefaultTimeout(20_000);
    traffic = await recordTraffic(page.context());
    await page.goto('/projects/notes/deploy');
    await byId('variable-API_KEY').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
  });

  const byId = (id: string) => page.getByTestId(id);
  const text = (id: string) => byId(id).innerText();

  it('has each variable once, with every place and container that it fills', async () => {
    expect(await text('uses-DB_PASSWORD')).toMatch(
      /compose\.yaml:6:\d+ \(api\)\s+notes\/compose\.yaml:11:\d+ \(db\)[^]*container api/,
    );
    expect(await text('uses-TAG')).toMatch(/compose\.yaml:3:\d+ \(api\)/);
    expect(await byId('variable-DB_PASSWORD').count()).toBe(1);
  });

  it('says where a value comes from, and takes another candidate', async () => {
    expect(await text('source-MODEL')).toBe('Settings');
    expect(await text('source-TAG')).toBe('Compose file');
    await byId('choose-MODEL').click();
    expect(await text('candidate-MODEL-0')).toMatch(/Settings[^]*large[^]*In use/);
    await byId('candidate-MODEL-1').getByRole('button').press('Enter');
    expect([await text('source-MODEL'), await byId('value-MODEL').inputValue()]).toEqual(['Typed', 'small']);
    await byId('undo-MODEL').press('Enter');
    await byId('source-MODEL').filter({ hasText: 'Settings' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-variables');
  });

  it('says why a secret is weak, and makes a strong one of the form that is asked for', async () => {
    expect(await text('weak-DB_PASSWORD')).toMatch(/^Weak: /);
    await byId('generate-DB_PASSWORD').click();
    await byId('generate-form-DB_PASSWORD').selectOption('hex');
    await byId('generate-length-DB_PASSWORD').fill('16');
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('generate-now-DB_PASSWORD').click();
    expect(await byId('value-DB_PASSWORD').inputValue()).toMatch(/^[0-9a-f]{32}$/);
    expect(await byId('value-DB_PASSWORD').getAttribute('type')).toBe('password');
    await byId('weak-DB_PASSWORD').waitFor({ state: 'detached' });
  });

  it('fills the fields from an env file, and says what it does not use and cannot read', async () => {
    await byId('env-paste-btn').click();
    await byId('env-text').fill(`API_KEY='${CANARY_TYPED}'\nTAG=1.28\nUNUSED=1\nB B=2\n`);
    await byId('env-fill-btn').click();
    expect(await text('env-filled')).toMatch(/2 fields are filled[^]*Not used by this project: UNUSED[^]*4:1/);
    expect(await byId('value-TAG').inputValue()).toBe('1.28');
  });

  it('makes an env file of the fields, with the secrets that were typed here and no others', async () => {
    await client.putSetting({
      path: 'api_keys.db_password',
      value: CANARY_SETTING,
      is_secret: true,
      for_uploads: true,
    });
    await byId('undo-DB_PASSWORD').click();
    const [download] = await Promise.all([page.waitForEvent('download'), byId('env-download-btn').click()]);
    const saved = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toBe('notes.env');
    expect(saved).toContain(`API_KEY=${CANARY_TYPED}\n`);
    expect(saved).toContain('TAG=1.28\n');
    expect(saved).toMatch(/^# DB_PASSWORD= \(secret/m);
    expect(saved).not.toContain(CANARY_SETTING);
  });

  it('carried no secret to the browser', () => {
    const said = traffic.texts().join('\n');
    expect(said.length).toBeGreaterThan(5_000);
    expect(said).not.toContain(CANARY_SETTING);
    expect(said).not.toContain(CANARY_TYPED);
  });

  it.each([
    ['light', 390],
    ['dark', 360],
  ] as const)('reads well in %s at %d pixels', async (colorScheme, width) => {
    const other = await openTab(browser, web.origin, { colorScheme, viewport: { width, height: 800 } });
    await other.page.goto('/projects/notes/deploy');
    await other.page.getByTestId('choose-MODEL').click();
    await other.page.getByTestId('generate-DB_PASSWORD').click();
    expect(await accessibilityFindings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await keepPicture(other.page, `web-variables-${colorScheme}-${String(width)}`);
    expect(other.faults).toEqual([]);
    await other.close();
  });

  it('threw nothing and broke no rule of its own content security policy in this run', () => {
    expect(tab.faults).toEqual([]);
  });
});
