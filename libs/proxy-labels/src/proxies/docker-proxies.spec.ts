import { describe, expect, it } from '@jest/globals';
import { labelled, read } from '../../testing/labelled.ts';
import { readProxyLabels } from '../read-proxy-labels.ts';
import { imageName, imageTag } from './docker-proxies.ts';

const SOCKET = ['/var/run/docker.sock'];

describe('proxies over Docker', () => {
  it.each([
    ['traefik:v3.3', SOCKET, [], 'CMP1441 p Traefik'],
    ['docker.io/library/traefik:v2.11@sha256:0', ['/run/user/1000/docker.sock'], [], 'CMP1441 p Traefik'],
    ['traefik:3', [], ['--providers.docker.endpoint=tcp://socket:2375'], 'CMP1441 p Traefik'],
    ['lucaslorentz/caddy-docker-proxy:ci-alpine', [], [], 'CMP1441 p Caddy with caddy-docker-proxy'],
    ['nginxproxy/nginx-proxy', SOCKET, [], 'CMP1441 p nginx-proxy'],
    ['registry.example.org:5000/jwilder/nginx-proxy:alpine', [], [], 'CMP1441 p nginx-proxy'],
  ])('%s is one', (image, mounts, command, finding) => {
    expect(read({ p: { image, mounts, command } })).toEqual({ routes: [], findings: [finding] });
  });

  it.each([
    ['traefik/whoami', SOCKET],
    ['traefik:v3', []],
    ['caddy:2', SOCKET],
    ['jc21/nginx-proxy-manager', []],
    ['tecnativa/docker-socket-proxy', SOCKET],
    ['portainer/portainer-ce', SOCKET],
    ['constructor', SOCKET],
  ])('%s is none', (image, mounts) => {
    expect(readProxyLabels(labelled({ p: { image, mounts } }))).toEqual({
      routes: [],
      streams: [],
      findings: [],
      proxies: [],
    });
  });

  it('have their companions with them', () => {
    const { proxies, findings } = readProxyLabels(
      labelled({
        certificates: { image: 'nginxproxy/acme-companion', mounts: SOCKET },
        socket: { image: 'tecnativa/docker-socket-proxy:0.3', mounts: SOCKET },
        proxy: { image: 'nginxproxy/nginx-proxy', mounts: SOCKET },
        web: { image: 'nginx' },
      }),
    );
    expect(proxies).toEqual(['proxy', 'certificates', 'socket']);
    expect(findings.map(({ code }) => code)).toEqual(['CMP1441', 'CMP1441', 'CMP1441']);
  });

  it('are found by the last part of the image', () => {
    expect(imageName('registry:5000/a/b:1@sha256:2')).toBe('b');
    expect(imageTag('registry:5000/a/b')).toBe('');
    expect(imageTag('b:v3.1')).toBe('v3.1');
    expect(imageName(undefined)).toBe('');
  });
});

describe('labels of other proxies', () => {
  it('are said once a family and service', () => {
    expect(
      read({
        web: {
          labels: {
            'haproxy.frontend': 'a',
            'haproxy.backend': 'b',
            'Kong.route': 'x',
            swag: 'enable',
            swag_port: '80',
            swagger: 'none',
            'coolify.managed': 'true',
          },
        },
      }).findings,
    ).toEqual([
      'CMP1440 web/labels/haproxy.frontend haproxy.* HAProxy',
      'CMP1440 web/labels/Kong.route kong.* Kong',
      'CMP1440 web/labels/swag swag.* SWAG',
    ]);
  });
});
