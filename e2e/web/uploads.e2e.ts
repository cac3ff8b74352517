import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uploadLimits, type Client } from '@ushadow/contracts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { gatewayClient } from '../support/gateway.ts';
import { accessibilityFindings, keepPicture, launchBrowser, noBrowser, openTab, type Tab } from './support/browser.ts';
import { startWebSystem, type WebSystem } from './support/web-system.ts';
import { zipOf } from './support/zip.ts';

if (noBrowser !== undefined) console.warn(`Browser journeys are skipped: ${noBrowser}`);
const withBrowser = noBrowser === undefined ? describe : describe.skip;

const compose = `x-ushadow:
  api: {display_name: Notes, requires: [cache], optional: [queue], provides: notes-api, tags: [demo]}
services:
  api:
    image: nginx:1.27
    env_file: conf/app.env
`;
const mistaken = 'services:\n  api:\n    image: nginx\n    ports: [a:b:c]\n';

withBrowser('uploads through the web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let client: Client;
  let folder: string;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'uploads');
    client = gatewayClient(web.system.gatewayUrl);
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
    folder = await mkdtemp(join(tmpdir(), 'ushadow-uploads-'));
    for (const [path, text] of [
      ['notes/compose.yaml', compose],
      ['notes/conf/app.env', 'MODE=fast\n'],
      ['notes/.git/config', 'not for upload'],
      ['mistaken.yaml', mistaken],
      ['two/a.yaml', compose],
      ['two/b.yaml', compose],
      ['large.bin', 'x'.repeat(uploadLimits.fileBytes + 1)],
    ] as const) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

  afterAll(async () => {
    await browser?.close();
    await web?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const byId = (id: string) => page.getByTestId(id);
  const openUpload = async (): Promise<void> => {
    await page.goto('/services');
    await byId('upload-btn').click();
    await byId('upload-modal').waitFor();
  };
  const choose = (...names: string[]) => byId('upload-files').setInputFiles(names.map((name) => join(folder, name)));
  const uploads = async () => (await client.listUploads({})).uploads;

  it('tells the limits first, and refuses a file that is too large before it is sent (R84)', async () => {
    await openUpload();
    expect(await byId('upload-modal').innerText()).toMatch(/500 files, 1 MiB each and 4 MiB together/);
    expect(await byId('confirm-upload-btn').isDisabled()).toBe(true);
    await choose('mistaken.yaml', 'large.bin');
    expect(await byId('upload-problems').innerText()).toMatch(/large\.bin\s*Larger than 1 MiB/);
    expect(await byId('confirm-upload-btn').isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('says what the contract has against a name while it is typed', async () => {
    await byId('upload-name-input').fill('No Name');
    await page.getByText(/An upload’s name has lower-case letters/).waitFor();
  });

  it('lists what the server has against the files, and keeps nothing', async () => {
    await byId('upload-name-input').fill('two');
    await choose('two/a.yaml', 'two/b.yaml');
    await byId('confirm-upload-btn').click();
    await byId('upload-error').waitFor();
    expect(await byId('upload-error').innerText()).toMatch(/no Compose file at its top, or several[^]*UPLOAD_INVALID/);
    expect(await uploads()).toEqual([]);
  });

  it('shows the mistakes of an uploaded Compose file with file, line and column', async () => {
    await openUpload();
    await choose('mistaken.yaml');
    expect(await byId('upload-name-input').inputValue()).toBe('mistaken');
    await byId('upload-name-input').fill('notes');
    await byId('confirm-upload-btn').click();
    await byId('upload-result').waitFor();
    expect(await byId('upload-result').innerText()).toMatch(/notes\/mistaken\.yaml:4:\d+/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-upload-mistakes');
  });

  it('takes a folder with its paths in the place of the mistaken one, once that is confirmed', async () => {
    await byId('upload-again-btn').click();
    await byId('upload-folder').setInputFiles(join(folder, 'notes'));
    expect(await byId('selected-files').innerText()).toMatch(
      /2 files[^]*1 left out[^]*compose\.yaml[^]*conf\/app\.env/,
    );
    expect(await byId('upload-name-input').inputValue()).toBe('notes');
    await byId('upload-replace').uncheck();
    expect(await byId('confirm-upload-btn').isDisabled()).toBe(true);
    await byId('upload-replace').check();
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('confirm-upload-btn').click();
    await byId('upload-modal').waitFor({ state: 'detached' });
    await byId('catalog-news').filter({ hasText: 'notes is uploaded: 1 service.' }).waitFor();
    expect((await uploads()).map(({ name, files }) => [name, files.map(({ path }) => path).sort()])).toEqual([
      ['notes', ['compose.yaml', 'conf/app.env']],
    ]);
  });

  it('marks its services in the grid, with what they need and offer (U21)', async () => {
    await byId('uploaded-notes:api').waitFor();
    const card = await byId('service-card-notes:api').innerText();
    for (const part of ['Notes', 'needs cache', 'can use queue', 'offers notes-api', '#demo', 'notes/compose.yaml']) {
      expect(card).toContain(part);
    }
    expect(await byId('uploaded-shop:web').count()).toBe(0);
    await byId('service-search').fill('queue');
    await byId('select-service-web').waitFor({ state: 'detached' });
    await byId('service-card-notes:api').waitFor();
  });

  it('takes a dropped archive, and steps into its folder', async () => {
    await openUpload();
    const archive = zipOf({ 'inner/compose.yaml': compose, 'inner/conf/app.env': 'MODE=slow\n' });
    const transfer = await page.evaluateHandle(
      `(() => {
        const holder = new DataTransfer();
        holder.items.add(new File([Uint8Array.fromBase64('${archive.toString('base64')}')], 'Packed Notes.zip'));
        return holder;
      })()`,
    );
    await byId('upload-drop').dispatchEvent('drop', { dataTransfer: transfer });
    expect(await byId('selected-files').innerText()).toMatch(/One archive/);
    expect(await byId('upload-name-input').inputValue()).toBe('packed-notes');
    await byId('confirm-upload-btn').click();
    await byId('uploaded-packed-notes:api').waitFor();
    await keepPicture(page, 'web-uploads');
  });

  it('says that the name of a Compose file in the folder is taken', async () => {
    await openUpload();
    await choose('notes/compose.yaml');
    await byId('upload-name-input').fill('shop');
    await byId('confirm-upload-btn').click();
    await byId('upload-error').waitFor();
    expect(await byId('upload-error').innerText()).toMatch(/shop\.yaml in the folder of Compose files/);
  });

  it.each([
    ['light', 360],
    ['dark', 360],
    ['dark', 1280],
  ] as const)('reads well in %s at %d pixels', async (colorScheme, width) => {
    const other = await openTab(browser, web.origin, { colorScheme, viewport: { width, height: 740 } });
    await other.page.goto('/services');
    await other.page.getByTestId('uploads').locator('summary').click();
    await other.page.getByTestId('upload-notes').waitFor();
    expect(await accessibilityFindings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await other.page.getByTestId('upload-btn').click();
    await other.page.getByTestId('upload-files').setInputFiles(join(folder, 'large.bin'));
    await other.page.getByTestId('upload-problems').waitFor();
    expect(await accessibilityFindings(other.page)).toEqual([]);
    expect(await other.page.evaluate('document.querySelector("dialog").scrollWidth <= innerWidth')).toBe(true);
    await keepPicture(other.page, `web-upload-${colorScheme}-${String(width)}`);
    expect(other.faults).toEqual([]);
    await other.close();
  });

  it('removes a project after saying that what was deployed stays', async () => {
    await page.goto('/services');
    await byId('uploads').locator('summary').click();
    await byId('remove-upload-notes').click();
    expect(await byId('remove-upload-modal').innerText()).toMatch(/notes:api[^]*What was deployed from it stays/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('confirm-remove-upload-btn').click();
    await byId('uploaded-notes:api').waitFor({ state: 'detached' });
    expect((await uploads()).map(({ name }) => name)).toEqual(['packed-notes']);
  });

  it('threw nothing and broke no rule of its own content security policy in this run', () => {
    expect(tab.faults).toEqual([]);
  });
});
