// @ts-check
/**
 * Makes a fresh clone ready: installs the packages when node_modules does not hold what package-lock.json asks for.
 * Runs before everything is installed and under whatever Node the machine has, so it imports nothing but Node.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withInstallLock } from './bootstrap/install-lock.mjs';
import { isInstalled } from './bootstrap/install-state.mjs';

const OLDEST_NODE = { major: 20, minor: 19 };

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  requireNode();
  if (!(await isInstalled(root))) await withInstallLock(root, install);
} catch (error) {
  console.error(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) return;
  const oldest = `${OLDEST_NODE.major}.${OLDEST_NODE.minor}`;
  throw new Error(`Node ${process.versions.node} is too old: Ushadow needs ${oldest} or newer (https://nodejs.org)`);
}

async function install() {
  if (await isInstalled(root)) return; // another command has done it meanwhile
  console.log('Installing packages (npm ci): two to three minutes the first time');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: installEnvironment(),
    });
    const ticker = setInterval(() => console.log(`… ${Math.round((Date.now() - startedAt) / 1000)} s`), 15_000);
    child.once('error', (cause) => reject(new Error(`cannot start ${program}: ${cause.message}`)));
    child.once('exit', (code) => {
      clearInterval(ticker);
      if (code === 0) resolve(undefined);
      else
        reject(
          new Error(
            `${program} ${args.join(' ')} failed (exit code ${code}); see above. Is the npm registry reachable?`,
          ),
        );
    });
  });
}

/** What `npm start` leaves in the environment would make the inner npm believe it runs inside a script. */
function installEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command)/.test(name)),
  );
}
