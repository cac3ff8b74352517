const SIZE_MAX = 1_000_000;

/** The text of an uploaded kubeconfig. Throws an `Error` in words for the form: too large, or not UTF-8. */
export async function readKubeconfigFile(file: File): Promise<string> {
  if (file.size > SIZE_MAX) throw new Error(`${file.name} is larger than 1 MB, which no kubeconfig needs.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is not UTF-8 text. Save it as UTF-8 and choose it again.`);
  }
}
