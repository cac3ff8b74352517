import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importFernet } from '@ushadow/secrets';

/** One kubeconfig of an older installation, decrypted in memory. */
export type LegacyKubeconfig =
  | { readonly file: string; readonly clusterId: string; readonly text: string; readonly warning: string | null }
  | { readonly file: string; readonly problem: string };

const namePattern = /^([0-9a-f]{16})\.(enc|yaml|yml)$/;

/** Reads `{cluster_id}.enc` files, Fernet under the application's secret, and the older plain `{cluster_id}.yaml`. */
export async function readLegacyFolder(folder: string, appSecret: string): Promise<readonly LegacyKubeconfig[]> {
  const files = (await readdir(folder)).filter((file) => /\.(enc|ya?ml)$/.test(file)).sort();
  return Promise.all(files.map((file) => readOne(folder, file, appSecret)));
}

async function readOne(folder: string, file: string, appSecret: string): Promise<LegacyKubeconfig> {
  const [, clusterId, kind] = namePattern.exec(file) ?? [];
  if (clusterId === undefined) return { file, problem: 'its name is not {cluster_id}.enc' };
  const content = await readFile(join(folder, file), 'utf8');
  if (kind !== 'enc')
    return { file, clusterId, text: content, warning: 'it lay there in clear; replace its credential' };
  try {
    const { plaintext, openedByKnownConstant } = importFernet(content, appSecret);
    const warning = openedByKnownConstant
      ? 'it was encrypted with the publicly known constant, as good as in clear; replace its credential'
      : null;
    return { file, clusterId, text: plaintext, warning };
  } catch (error) {
    return { file, problem: error instanceof Error ? error.message : 'it cannot be decrypted' };
  }
}
