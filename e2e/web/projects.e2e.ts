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

const compose = `services:
  api:
    image: nginx:1.27
    env_file: conf/app.env
`;
const mistaken = 'services:\n  api:\n    image: nginx\n    ports: [a:b:c]\n';

withBrowser('projects through the web page, in a real browser', () => {
  let web: WebSystem;
  let browser: Browser;
  let tab: Tab;
  let page: Page;
  let client: Client;
  let folder: string;

  beforeAll(async () => {
    web = await startWebSystem(import.meta.url, 'projects');
    client = gatewayClient(web.system.gatewayUrl);
    browser = await launchBrowser();
    tab = await openTab(browser, web.origin);
    page = tab.page;
    page.setDefaultTimeout(20_000);
    folder = await mkdtemp(join(tmpdir(), 'ushadow-projects-'));
    for (const [path, text] of [
      ['notes/compose.yaml', compose],
      ['notes/conf/app.env', 'MODE=fast\n'],
      ['notes/.git/config', 'not for upload'],
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
  const openFiles = async (): Promise<void> => {
    await page.goto('/projects/new');
    await byId('tab-files').click();
  };
  const choose = (...names: string[]) => byId('upload-files').setInputFiles(names.map((name) => join(folder, name)));
  const uploads = async () => (await client.listUploads({})).uploads;

  it('tells the limits first, and refuses a file that is too large before it is sent (R84)', async () => {
    await openFiles();
    expect(await byId('new-project-page').innerText()).toMatch(/500 files, 1 MiB each and 4 MiB together/);
    await choose('two/a.yaml', 'large.bin');
    expect(await byId('upload-problems').innerText()).toMatch(/large\.bin\s*Larger than 1 MiB/);
    expect(await byId('confirm-add-project-btn').isDisabled()).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('says what the contract has against a name while it is typed', async () => {
    await byId('project-name-input').fill('No Name');
    await page.getByText(/An upload’s name has lower-case letters/).waitFor();
  });

  it('lists what the server has against the files, and keeps nothing', async () => {
    await byId('project-name-input').fill('two');
    await choose('two/a.yaml', 'two/b.yaml');
    await byId('confirm-add-project-btn').click();
    await byId('upload-error').waitFor();
    expect(await byId('upload-error').innerText()).toMatch(/UPLOAD_INVALID/);
    expect(await uploads()).toEqual([]);
  });

  it('shows the mistakes of a pasted Compose file with file, line and column, and takes the corrected one', async () => {
    await page.goto('/projects/new');
    await byId('compose-text').fill(mistaken);
    await byId('project-name-input').fill('pasted');
    await byId('confirm-add-project-btn').click();
    await byId('upload-result').waitFor();
    expect(await byId('upload-result').innerText()).toMatch(/compose\.yaml:4:\d+/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await keepPicture(page, 'web-project-mistakes');
    await byId('compose-text').fill('services:\n  api:\n    image: nginx\n');
    await byId('upload-replace').check();
    await byId('confirm-add-project-btn').click();
    await page.waitForURL('**/projects/pasted/deploy');
    await byId('no-cluster').waitFor();
  });

  it('takes a folder with its paths, without what version control put there', async () => {
    await openFiles();
    await byId('upload-folder').setInputFiles(join(folder, 'notes'));
    expect(await byId('selected-files').innerText()).toMatch(
      /2 files[^]*1 left out[^]*compose\.yaml[^]*conf\/app\.env/,
    );
    expect(await byId('project-name-input').inputValue()).toBe('notes');
    await byId('confirm-add-project-btn').click();
    await page.waitForURL('**/projects/notes/deploy');
    const notes = (await uploads()).find(({ name }) => name === 'notes');
    expect(notes?.files.map(({ path }) => path).sort()).toEqual(['compose.yaml', 'conf/app.env']);
  });

  it('takes a dropped archive, and steps into its folder', async () => {
    await openFiles();
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
    await byId('confirm-add-project-btn').click();
    await page.waitForURL('**/projects/packed-notes/deploy');
  });

  it('says that the name of a Compose file in the folder is taken', async () => {
    await page.goto('/projects/new');
    await byId('compose-text').fill(mistaken);
    await byId('project-name-input').fill('shop');
    await byId('confirm-add-project-btn').click();
    await byId('upload-error').waitFor();
    expect(await byId('upload-error').innerText()).toMatch(/shop\.yaml in the folder of Compose files/);
  });

  it('removes a project after saying that what was deployed stays', async () => {
    await page.goto('/projects');
    await byId('remove-project-notes').click();
    expect(await byId('remove-project-modal').innerText()).toMatch(/What was deployed from it stays/);
    expect(await accessibilityFindings(page)).toEqual([]);
    await byId('confirm-remove-project-btn').click();
    await byId('project-notes').waitFor({ state: 'detached' });
    expect((await uploads()).map(({ name }) => name).sort()).toEqual(['packed-notes', 'pasted']);
  });

  it('threw nothing and broke no rule of its own content security policy in this run', () => {
    expect(tab.faults).toEqual([]);
  });
});
