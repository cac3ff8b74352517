import type { LoadInput, LoadResult } from './load-input.ts';

/**
 * Loads Compose files to one canonical project. Never throws on what the files hold: every finding is a
 * diagnostic, and all of them are reported at once.
 */
export function loadProject(input: LoadInput): LoadResult {
  return {
    positions: { at: () => undefined },
    diagnostics: [],
    ok: false,
    declaredEnvironment: {},
    filesRead: [],
    interpolationEnvironment: input.environment,
  };
}
