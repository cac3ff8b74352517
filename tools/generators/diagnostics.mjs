/** docs/reference/diagnostics.md, from the catalogues of diagnostics. */
import { CATALOGUE } from '@ushadow/compiler';
import { composeCatalogue } from '@ushadow/compose';
import { templateFindings } from '@ushadow/templates';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { diagnosticsPage } from '../../libs/compose/scripts/diagnostics-page.mjs';

const PARTS = [
  { title: 'Importing templates', prefix: 'TPL', catalogue: templateFindings },
  { title: 'Loading Compose files', prefix: 'CPS', catalogue: composeCatalogue },
  { title: 'Compiling to Kubernetes', prefix: 'CMP', catalogue: CATALOGUE },
];

/** File path from the repository's root → content. */
export async function generate() {
  return { 'docs/reference/diagnostics.md': diagnosticsPage(PARTS) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await generate())) {
    await writeFile(new URL(`../../${path}`, import.meta.url), text);
  }
}
