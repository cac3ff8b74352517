import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient } from '../support/gateway.ts';
import { makeFolder, type Folder } from '../support/shell.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const NOTES = `# slogan: Keeps notes.
# documentation: https://docs.example.org
# tags: wiki
# port: 3000
services:
  web:
    image: team/web:1
    environment:
      - SERVICE_URL_WEB_3000
      - PASSWORD=\${SERVICE_PASSWORD_WEB}
      - OWNER=\${OWNER:?who owns it}
    volumes:
      - data:/data
`;

withBrowser('templates through the web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let page: Page;
  let client: Client;
  let templates: Folder;

  beforeAll(async () => {
    templates = await makeFolder('gallery', { 'notes.yaml': NOTES, 'broken.yaml': 'services: [' });
    web = await startWebSystem(import.meta.url, 'templates', {
      'compiler-service': { TEMPLATES_DIR: templates.path },
    });
    client = gatewayClient(web.system.gatewayUrl);
    for (;;) {
      const { checked, total } = await client.listTemplates({});
      if (checked === total) break;
    }
    browser = await launchBrowser();
    ({ page } = await openTab(browser, web.origin));
    page.setDefaultTimeout(20_000);
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    await templates?.delete();
  });

  const byId = (id: string) => page.getByTestId(id);

  it('are found by what they say of themselves, with the state of their check', async () => {
    await page.goto('/templates');
    await byId('template-coolify:broken').waitFor();
    expect(await byId('template-coolify:broken').innerText()).toMatch(/1 error/);
    await byId('template-search').fill('wiki');
    await byId('template-coolify:broken').waitFor({ state: 'detached' });
    expect(await byId('template-coolify:notes').innerText()).toMatch(/Keeps notes/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-templates');
  });

  it('say what they need, what becomes of them, and become a project that is ready to be deployed', async () => {
    await page.getByRole('link', { name: 'notes' }).click();
    await byId('template-facts').waitFor();
    expect(await byId('template-facts').innerText()).toMatch(/OWNER[^]*SERVICE_PASSWORD_WEB[^]*PersistentVolumeClaim/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('template-domain').fill('Not a name');
    expect(await byId('use-template-btn').isDisabled()).toBe(true);
    await byId('template-domain').fill('notes.example.org');
    await byId('use-template-btn').click();
    await page.waitForURL('**/projects/notes/deploy');
    await keepPicture(page, 'web-template-used');
    const { variables, unresolved } = await client.projectVariables({ project: 'notes' });
    expect(unresolved).toEqual(['OWNER']);
    expect(variables.find(({ name }) => name === 'SERVICE_PASSWORD_WEB')).toMatchObject({ is_set: true, value: null });
  });

  it('ask before they take the place of a project', async () => {
    await page.goto('/templates/coolify%3Anotes');
    await byId('template-replace').waitFor();
    expect(await byId('use-template-btn').isDisabled()).toBe(true);
    await byId('template-replace').check();
    await byId('use-template-btn').click();
    await page.waitForURL('**/projects/notes/deploy');
  });

  it('say where a broken one is broken, and refuse to become a project', async () => {
    await page.goto('/templates/coolify%3Abroken');
    await page.getByText(/broken\.yaml:1/).waitFor();
    await byId('use-template-btn').click();
    await byId('template-error').waitFor();
    expect((await client.listUploads({})).uploads.map(({ name }) => name)).toEqual(['notes']);
  });
});
