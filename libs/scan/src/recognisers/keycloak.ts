import type { Recogniser } from '../recogniser.ts';

export const keycloak: Recogniser = {
  type: 'keycloak',
  title: 'Keycloak',
  names: ['keycloak', 'keycloakx'],
  images: ['keycloak', 'keycloakx'],
  ports: [
    { name: 'http', port: 8080, schemes: ['http'] },
    { name: 'https', port: 8443, schemes: ['https'] },
    { name: 'management', port: 9000, use: 'side' },
  ],
  distinctivePort: false,
  scheme: 'http',
  schemes: [],
  credentials: {
    user: ['KC_BOOTSTRAP_ADMIN_USERNAME', 'KEYCLOAK_ADMIN', 'KEYCLOAK_ADMIN_USER'],
    password: ['KC_BOOTSTRAP_ADMIN_PASSWORD', 'KEYCLOAK_ADMIN_PASSWORD'],
  },
};
