import { NextResponse, type NextRequest } from 'next/server';
import { readEnvironment } from './env.ts';
import { isAllowedRequest } from './http/allowed-host.ts';
import { contentSecurityPolicy, securityHeaders } from './http/security-headers.ts';

/** `/api` goes on to the gateway, decided for each request; pages get their security headers. */
export function proxy(request: NextRequest): NextResponse {
  const environment = readEnvironment();
  const { headers, nextUrl } = request;
  const asked = { host: headers.get('host'), origin: headers.get('origin'), scheme: schemeOf(request) };
  const served = { hosts: environment.ALLOWED_HOSTS, origins: environment.ALLOWED_ORIGINS };
  if (!isAllowedRequest(asked, served)) return refuseHost();
  if (nextUrl.pathname.startsWith('/api/')) {
    return NextResponse.rewrite(new URL(nextUrl.pathname + nextUrl.search, environment.GATEWAY_URL));
  }
  return servePage(request);
}

export const config = { matcher: ['/((?!_next/static|icon.svg).*)'] };

function servePage(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const requestHeaders = new Headers(request.headers);
  // Next reads the nonce for its own scripts from this header of the request.
  requestHeaders.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}

/** As the browser sees it: whoever ends TLS in front of this says so. */
function schemeOf({ headers, nextUrl }: NextRequest): string {
  const [first] = (headers.get('x-forwarded-proto') ?? nextUrl.protocol).split(',');
  return (first ?? '').trim().replace(/:$/, '');
}

function refuseHost(): NextResponse {
  const message = 'The Host or Origin header names a host or site that this server does not serve.';
  const body = { code: 'HOST_NOT_ALLOWED', kind: 'forbidden', message, retryable: false };
  return NextResponse.json(body, { status: 403, headers: { ...securityHeaders, 'cache-control': 'no-store' } });
}
