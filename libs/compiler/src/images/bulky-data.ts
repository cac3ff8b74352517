import { own } from '@ushadow/kubernetes';
import { isWithin } from '../storage/paths.ts';
import { imageName } from './known-images.ts';

/** What images keep that grows by gigabytes, and where they keep it beside what stays small. */
export interface BulkyData {
  readonly what: string;
  /** Not as a rule, and not at once. */
  readonly slowly?: true;
  /** Folders that hold it, or lie in it; absent: every volume of the image. */
  readonly folders?: readonly string[];
}

const media = (...folders: readonly string[]): BulkyData => ({ what: 'media', folders });
const photos = (...folders: readonly string[]): BulkyData => ({ what: 'photos', folders });
const files = (...folders: readonly string[]): BulkyData => ({ what: 'files', folders });
const SERVARR = media('/movies', '/tv', '/music', '/books', '/downloads', '/data', '/media');
const OBJECTS: BulkyData = { what: 'objects' };
const SEARCH: BulkyData = { what: 'a search index' };
const METRICS: BulkyData = { what: 'metrics' };
const EVENTS: BulkyData = { what: 'events' };
const CLICKHOUSE: BulkyData = { what: 'events', folders: ['/var/lib/clickhouse'] };
const MODELS: BulkyData = { what: 'models' };
const database = (...folders: readonly string[]): BulkyData => ({ what: 'a database', slowly: true, folders });
const POSTGRES = database('/var/lib/postgresql', '/home/postgres/pgdata', '/bitnami/postgresql');
const MYSQL = database('/var/lib/mysql', '/bitnami/mysql', '/bitnami/mariadb');

const DATA: Readonly<Record<string, BulkyData>> = {
  'immich-server': photos('/usr/src/app/upload', '/data'),
  photoprism: photos('/photoprism/originals', '/photoprism/storage', '/photoprism/import'),
  librephotos: photos('/data', '/protected_media'),
  piwigo: photos('/gallery', '/config'),
  lychee: photos('/uploads'),
  jellyfin: media('/media', '/data', '/movies', '/tv', '/music', '/cache'),
  emby: media('/media', '/mnt', '/data', '/movies', '/tv'),
  embyserver: media('/media', '/mnt', '/data', '/movies', '/tv'),
  plex: media('/media', '/data', '/movies', '/tv', '/music', '/transcode'),
  'pms-docker': media('/data', '/media', '/transcode'),
  navidrome: media('/music'),
  audiobookshelf: media('/audiobooks', '/podcasts'),
  frigate: media('/media/frigate'),
  ...Object.fromEntries(['sonarr', 'radarr', 'lidarr', 'readarr', 'bazarr', 'whisparr'].map((name) => [name, SERVARR])),
  ...Object.fromEntries(['qbittorrent', 'transmission', 'deluge', 'sabnzbd', 'nzbget'].map((name) => [name, SERVARR])),
  nextcloud: files('/var/www/html', '/var/www/html/data', '/data', '/mnt/ncdata'),
  owncloud: files('/var/www/html', '/mnt/data'),
  'seafile-mc': files('/shared'),
  syncthing: files('/var/syncthing'),
  filebrowser: files('/srv'),
  'paperless-ngx': files('/usr/src/paperless/media'),
  gitlab: files('/var/opt/gitlab'),
  'gitlab-ce': files('/var/opt/gitlab'),
  'gitlab-ee': files('/var/opt/gitlab'),
  minio: OBJECTS,
  rustfs: OBJECTS,
  garage: OBJECTS,
  seaweedfs: OBJECTS,
  registry: { what: 'images', folders: ['/var/lib/registry'] },
  nexus3: { what: 'packages' },
  elasticsearch: SEARCH,
  opensearch: SEARCH,
  prometheus: METRICS,
  'victoria-metrics': METRICS,
  influxdb: METRICS,
  loki: { what: 'logs' },
  kafka: EVENTS,
  'cp-kafka': EVENTS,
  'clickhouse-server': CLICKHOUSE,
  clickhouse: CLICKHOUSE,
  ...Object.fromEntries(
    ['postgres', 'postgresql', 'postgis', 'pgvector', 'timescaledb', 'timescaledb-ha'].map((name) => [name, POSTGRES]),
  ),
  ...Object.fromEntries(['mysql', 'mysql-server', 'mariadb', 'percona'].map((name) => [name, MYSQL])),
  mongo: database('/data/db', '/bitnami/mongodb'),
  cassandra: database('/var/lib/cassandra'),
  couchdb: database('/opt/couchdb/data'),
  neo4j: database('/data'),
  qdrant: database('/qdrant/storage'),
  milvus: database('/var/lib/milvus'),
  weaviate: database('/var/lib/weaviate'),
  ollama: MODELS,
  localai: MODELS,
};

/** What an image keeps at this path that a small volume does not hold for long; undefined: nothing that is known of. */
export function bulkyDataAt(reference: string, target: string): BulkyData | undefined {
  const data = SMALL.test(target) ? undefined : own(DATA, imageName(reference));
  return data?.folders?.some((folder) => isWithin(target, folder)) === false ? undefined : data;
}

/** What stays small, whatever has it: settings, certificates, programs that are plugged in. */
const SMALL = /^\/etc(\/|$)|\/(conf(ig)?|certs?|certificates|ssl|tls|secrets|plugins|keystore|\.minio)(\/|$)/;
