// Loaded into a service before anything else: answers names from the file that SCRIPTED_DNS names, as a name server would
// that somebody else runs. {"name": [["address", …], …]}: each look-up takes the next answer, the last one stays.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isIP } from 'node:net';

const asked = new Map();

function answer(name) {
  const script = JSON.parse(readFileSync(process.env.SCRIPTED_DNS, 'utf8'))[name];
  if (script === undefined) return undefined;
  const turn = asked.get(name) ?? 0;
  asked.set(name, turn + 1);
  return script[Math.min(turn, script.length - 1)].map((address) => ({ address, family: isIP(address) }));
}

const { lookup } = dns;
dns.lookup = (name, options, callback) => {
  const addresses = answer(name);
  if (addresses === undefined) return lookup(name, options, callback);
  if (options?.all === true) return void process.nextTick(callback, null, addresses);
  return void process.nextTick(callback, null, addresses[0].address, addresses[0].family);
};
const promised = dns.promises.lookup;
dns.promises.lookup = async (name, options) => {
  const addresses = answer(name);
  if (addresses === undefined) return promised(name, options);
  return options?.all === true ? addresses : addresses[0];
};
syncBuiltinESMExports();
