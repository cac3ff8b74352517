/** docs/reference/openapi.json, asyncapi.json and roles.md, and deploy/nats.conf, from the contracts. */
import { asyncApiDocument, natsReference, openApiDocument, rolesReference } from '@ushadow/contracts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

/** File path from the repository's root → content. */
export async function generate() {
  return {
    'docs/reference/openapi.json': `${JSON.stringify(openApiDocument(version), null, 2)}\n`,
    'deploy/nats.conf': natsReference(),
    'docs/reference/asyncapi.json': `${JSON.stringify(asyncApiDocument(version), null, 2)}\n`,
    'docs/reference/roles.md': rolesReference(),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await generate())) {
    await mkdir(new URL('.', new URL(`../../${path}`, import.meta.url)), { recursive: true });
    await writeFile(new URL(`../../${path}`, import.meta.url), text);
  }
}
