export type LabelsReading =
  | { readonly ok: true; readonly labels: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly message: string };

/** Reads `key=value` lines (or with commas between). The server checks what keys and values may hold. */
export function readLabels(text: string): LabelsReading {
  const entries = text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const labels: Record<string, string> = {};
  for (const entry of entries) {
    const at = entry.indexOf('=');
    if (at < 1) return { ok: false, message: `“${entry}” is not key=value` };
    labels[entry.slice(0, at).trim()] = entry.slice(at + 1).trim();
  }
  return { ok: true, labels };
}

/** The same text for labels that are there already. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
