import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs that were built or unpacked once are kept: `$USHADOW_CACHE`, else `~/.cache/ushadow`. */
export function cacheDirectory(env: NodeJS.ProcessEnv): string {
  return env['USHADOW_CACHE'] ?? join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ushadow');
}
