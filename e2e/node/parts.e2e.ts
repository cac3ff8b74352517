import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { printYaml } from '@ushadow/kubernetes';
import { compileProject } from './support/compile-project.ts';
import { Namespace, nodeKubeconfig } from './support/kubectl.ts';

jest.setTimeout(300_000);

const running = ['writer', 'reader', 'dollars', 'echo', 'client', 'site', 'vault'];
const udpClient = `
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(10)
s.sendto(b"over udp", ("echo", 9999))
print(s.recvfrom(100)[0].decode())`;

(nodeKubeconfig ? describe : describe.skip)('single features inside pods (needs USHADOW_E2E_KUBECONFIG)', () => {
  const namespace = new Namespace('e2e-parts');
  const inside = (service: string, ...command: string[]): Promise<string> =>
    namespace.exec(`deployment/${service}`, ...command);
  beforeAll(async () => {
    await namespace.apply(printYaml(compileProject('parts', { namespace: namespace.name }).objects));
    await Promise.all(running.map((service) => namespace.ready(`deployment/${service}`)));
  });
  afterAll(() => namespace.remove());

  it('two services see one volume, the second only for reading', async () => {
    expect(await inside('reader', 'cat', '/shared/note')).toBe('from-writer\n');
    await expect(inside('reader', 'sh', '-c', 'echo x > /shared/x')).rejects.toThrow(/Read-only file system/);
  });

  it('every dollar of the command arrives as Compose means it', async () => {
    expect(await namespace.logs('deployment/dollars')).toBe(
      ['$NAME', '$(NAME)', '${NAME}', '$$', '$$(NAME)', '100$', ''].join('\n'),
    );
  });

  it('every dollar of the environment arrives as Compose means it', async () => {
    expect(await inside('dollars', 'sh', '-c', 'printf "%s\n" "$NAME" "$PAIR"')).toBe('a$b\n$(NAME) $$ ${NAME}\n');
  });

  it.each(['shell-health', 'exec-health'])(
    '%s: not ready while the check fails, ready when it passes, and never restarted',
    async (service) => {
      await namespace.waitFor(`deployment/${service}`, 'jsonpath={.status.unavailableReplicas}=1');
      await namespace.waitFor(
        `pod -l app.kubernetes.io/name=${service}`,
        'jsonpath={.status.containerStatuses[0].started}=true',
      );
      expect(await namespace.pods(service, '{.items[0].status.containerStatuses[0].ready}')).toBe('false');
      await inside(service, 'sh', '-c', 'echo yes > /tmp/ready');
      await namespace.ready(`deployment/${service}`);
      expect(await namespace.restarts(service)).toBe(0);
    },
  );

  it('a UDP port answers under the name of the service', async () => {
    expect(await inside('client', 'python3', '-c', udpClient)).toBe('OVER UDP\n');
  });

  it.each(['site', 'www'])('mounted configuration and files are used, and the name %s resolves', async (name) => {
    const answer = await inside('client', 'curl', '-sfi', `http://${name}:8081/`);
    expect(answer).toContain(`mounted-config ${name}`);
    expect(answer).toContain('<p>from a mounted folder</p>');
  });

  it('a secret is a file with exactly its bytes', async () => {
    const bytes = readFileSync(new URL('projects/parts/api_key.txt', import.meta.url), 'utf8');
    expect(await inside('vault', 'cat', '/run/secrets/api_key')).toBe(bytes);
  });
});
