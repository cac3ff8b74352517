import { kubectl, Namespace } from './kubectl.ts';

/** Asks every URL again and again, one connection each, and counts what was not answered well. */
const SCRIPT = `
import json, sys, threading, time, urllib.request
counts = {url: {"asked": 0, "missed": []} for url in sys.argv[1:]}
def ask(url):
    seen = counts[url]
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer: answer.read()
            seen["asked"] += 1
        except Exception as error:
            if seen["asked"] > 0: seen["missed"].append(f"{time.time():.3f} {error}")
        time.sleep(0.1)
for url in counts: threading.Thread(target=ask, args=(url,), daemon=True).start()
while True:
    time.sleep(0.5)
    with open("/tmp/counts.new", "w") as file: json.dump(counts, file)
    import os; os.replace("/tmp/counts.new", "/tmp/counts.json")
`;

export interface Calls {
  readonly asked: number;
  /** What went wrong after the first good answer, each with its time. */
  readonly missed: readonly string[];
}

/** A pod that calls Services from inside the cluster, as their clients do. */
export class Caller {
  readonly #namespace: Namespace;

  constructor(namespace: string) {
    this.#namespace = new Namespace(namespace);
  }

  async start(urls: readonly string[]): Promise<void> {
    const { name } = this.#namespace;
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'caller', namespace: name },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image: 'python:3.13', command: ['python3', '-uc', SCRIPT, ...urls] }],
      },
    };
    const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    for (const object of [space, pod]) await kubectl(['apply', '-f', '-'], JSON.stringify(object));
    await this.#namespace.waitFor('pod/caller', 'condition=Ready');
  }

  async calls(): Promise<Readonly<Record<string, Calls>>> {
    return JSON.parse(await this.#namespace.exec('pod/caller', 'cat', '/tmp/counts.json')) as Record<string, Calls>;
  }

  async stop(): Promise<void> {
    await this.#namespace.remove();
  }
}
