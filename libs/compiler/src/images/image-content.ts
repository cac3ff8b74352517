import { own } from '@ushadow/kubernetes';
import { imageName, withoutTag } from './known-images.ts';

/**
 * What images bring along in folders that people mount volumes at, and do not put there themselves when they start. All
 * of these have a shell and `cp`. By the whole repository: what somebody else calls `nginx` may have neither.
 */
const CONTENT: Readonly<Record<string, readonly string[]>> = {
  nginx: ['/usr/share/nginx/html', '/etc/nginx/conf.d'],
  'nginxinc/nginx-unprivileged': ['/usr/share/nginx/html', '/etc/nginx/conf.d'],
  'nginxproxy/nginx-proxy': ['/usr/share/nginx/html', '/etc/nginx/conf.d'],
  'jwilder/nginx-proxy': ['/usr/share/nginx/html', '/etc/nginx/conf.d'],
  httpd: ['/usr/local/apache2/htdocs', '/usr/local/apache2/conf'],
  caddy: ['/usr/share/caddy', '/etc/caddy'],
  tomcat: ['/usr/local/tomcat/conf'],
  drupal: [
    ...['modules', 'profiles', 'themes', 'sites'].map((folder) => `/var/www/html/${folder}`),
    ...['modules', 'profiles', 'themes', 'sites'].map((folder) => `/opt/drupal/web/${folder}`),
  ],
  mediawiki: ['/var/www/html/images', '/var/www/html/extensions', '/var/www/html/skins'],
  redmine: ['/usr/src/redmine/plugins', '/usr/src/redmine/public/themes', '/usr/src/redmine/themes'],
  odoo: ['/etc/odoo'],
  registry: ['/etc/docker/registry', '/etc/distribution'],
  rabbitmq: ['/etc/rabbitmq'],
  'eclipse-mosquitto': ['/mosquitto/config'],
  telegraf: ['/etc/telegraf'],
  'supabase/postgres': ['/etc/postgresql-custom'],
  mysql: ['/etc/mysql'],
  mariadb: ['/etc/mysql'],
  cassandra: ['/etc/cassandra'],
  sonarqube: ['/opt/sonarqube/conf', '/opt/sonarqube/extensions'],
  'prom/prometheus': ['/etc/prometheus'],
  'prom/alertmanager': ['/etc/alertmanager'],
  'grafana/grafana': ['/etc/grafana'],
  'grafana/grafana-oss': ['/etc/grafana'],
  'grafana/grafana-enterprise': ['/etc/grafana'],
  elasticsearch: ['/usr/share/elasticsearch/config'],
  'docker.elastic.co/elasticsearch/elasticsearch': ['/usr/share/elasticsearch/config'],
  kibana: ['/usr/share/kibana/config'],
  'docker.elastic.co/kibana/kibana': ['/usr/share/kibana/config'],
  logstash: ['/usr/share/logstash/config', '/usr/share/logstash/pipeline'],
  'docker.elastic.co/logstash/logstash': ['/usr/share/logstash/config', '/usr/share/logstash/pipeline'],
  'opensearchproject/opensearch': ['/usr/share/opensearch/config', '/usr/share/opensearch/plugins'],
};

/** Images that fill the folders of their volumes when they start, or have nothing in them. */
const COMPLETE = new Set([
  ...['wordpress', 'nextcloud', 'joomla', 'matomo', 'ghost', 'jenkins', 'phpmyadmin', 'backdrop', 'solr', 'gitea'],
  ...['monica', 'piwik', 'xwiki', 'owncloud', 'server', 'moodle', 'magento', 'prestashop', 'traefik', 'adminer'],
]);

/** Bases whose images have a shell and `cp`. */
const SHELL_BASES = new Set([
  ...['alpine', 'debian', 'ubuntu', 'busybox', 'fedora', 'centos', 'rockylinux', 'almalinux', 'amazonlinux'],
  ...['node', 'python', 'php', 'ruby', 'golang', 'rust', 'perl', 'openjdk', 'eclipse-temurin', 'amazoncorretto'],
  ...['maven', 'gradle', 'composer', 'oven/bun', 'elixir', 'erlang', 'swift', 'wordpress', 'buildpack-deps'],
]);

/** Servers that show what lies in a folder to others. */
const WEB_SERVERS = new Set([
  ...['nginx', 'nginxinc/nginx-unprivileged', 'httpd', 'caddy', 'openresty/openresty', 'lighttpd'],
  ...['joseluisq/static-web-server', 'halverneus/static-file-server', 'angie', 'unit'],
]);

/** The image itself has something at this path of its own, or below it. */
export function hasContent(reference: string, isAtOrBelow: (path: string) => boolean): boolean {
  return !isBare(reference) && (own(CONTENT, repository(reference)) ?? []).some(isAtOrBelow);
}

/** All that matters about the folders of the image is known. */
export function isContentKnown(reference: string): boolean {
  return own(CONTENT, repository(reference)) !== undefined || COMPLETE.has(imageName(reference));
}

export function hasShell(reference: string): boolean {
  if (isBare(reference)) return false;
  return own(CONTENT, repository(reference)) !== undefined || SHELL_BASES.has(repository(reference));
}

export function isWebServer(reference: string): boolean {
  return WEB_SERVERS.has(repository(reference));
}

/** Variants with the program alone. */
function isBare(reference: string): boolean {
  return /distroless|chiselled|\bscratch\b/.test(reference);
}

/** Without registry of the official images, tag and digest. */
function repository(reference: string): string {
  return withoutTag(reference)
    .replace(MIRRORS, '')
    .replace(/^library\//, '');
}

const MIRRORS = /^(docker\.io|index\.docker\.io|registry-1\.docker\.io|mirror\.gcr\.io|public\.ecr\.aws\/docker)\//;
