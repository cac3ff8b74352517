import { parseDocument } from 'yaml';
import { z } from 'zod';

export interface KubeconfigContext {
  readonly name: string;
  /** URL of its API server, where the file has it. */
  readonly server: string | null;
}

export type ContextReading =
  | { readonly ok: true; readonly contexts: readonly KubeconfigContext[]; readonly current: string | null }
  | { readonly ok: false; readonly message: string };

const kubeconfig = z.object({
  contexts: z
    .array(z.object({ name: z.string(), context: z.object({ cluster: z.string().nullish() }).nullish() }))
    .nullish(),
  clusters: z
    .array(z.object({ name: z.string(), cluster: z.object({ server: z.string().nullish() }).nullish() }))
    .nullish(),
  'current-context': z.string().nullish(),
});

/** The contexts of a kubeconfig, so that one can be chosen before it is sent; the server judges the rest. */
export function readContexts(text: string): ContextReading {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) return { ok: false, message: error.message };
  const read = kubeconfig.safeParse(toData(document));
  if (!read.success) return { ok: false, message: 'This is not a kubeconfig: it has no contexts and clusters.' };
  const { contexts, clusters, 'current-context': current } = read.data;
  const servers = new Map((clusters ?? []).map((entry) => [entry.name, entry.cluster?.server ?? null]));
  return {
    ok: true,
    contexts: (contexts ?? []).map((entry) => ({
      name: entry.name,
      server: servers.get(entry.context?.cluster ?? '') ?? null,
    })),
    current: current ?? null,
  };
}

/** Aliases beyond a few are an attack, not a kubeconfig. */
function toData(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    return null;
  }
}
