import { optionalTestVariable, repositoryRoot } from '@ushadow/testing';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Why browser tests cannot run here; undefined when they can. */
export const noBrowser =
  optionalTestVariable('chromium') === undefined
    ? 'no Chromium is installed (USHADOW_TEST_CHROMIUM names one)'
    : undefined;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const artifacts = join(repositoryRoot(), 'artifacts');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: optionalTestVariable('chromium') ?? '', args: FLAGS });
}

export interface Tab {
  readonly page: Page;
  /** What the page threw, and what its policy blocked. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

type ContextOptions = Parameters<Browser['newContext']>[0];

/** A page of its own, which remembers what went wrong in it. */
export async function openTab(browser: Browser, origin: string, options: ContextOptions = {}): Promise<Tab> {
  const context: BrowserContext = await browser.newContext({
    baseURL: origin,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && /content security policy|hydrat/i.test(text)) faults.push(text);
  });
  return { page, faults, close: () => context.close() };
}

/** Keeps a picture of the page under `artifacts/`: the whole of it, or what is in view where a dialog is open. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(artifacts, { recursive: true });
  const hasDialog = (await page.locator('dialog[open]').count()) > 0;
  await page.screenshot({ path: join(artifacts, `${name}.png`), fullPage: !hasDialog });
}

/** What axe finds against WCAG 2.2 AA and its own best practices, one line each. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy would refuse that.
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: AxeRunner };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run({ runOnly: tags });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}

interface AxeRunner {
  run(options: { runOnly: readonly string[] }): Promise<{
    violations: readonly { id: string; nodes: readonly { html: string }[] }[];
  }>;
}
