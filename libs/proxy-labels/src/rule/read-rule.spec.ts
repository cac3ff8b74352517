import { describe, expect, it } from '@jest/globals';
import { brief } from '../../testing/brief.ts';
import type { RuleSyntax } from './matcher-of.ts';
import { readRule } from './read-rule.ts';
import { RuleProblem } from './rule-problem.ts';

function read(rule: string, syntax: RuleSyntax = 'any'): string {
  const condition = readRule(rule, syntax);
  return condition instanceof RuleProblem ? `${condition.offset}: ${condition.message}` : brief(condition);
}

describe('readRule', () => {
  it.each([
    // One matcher
    ['Host(`shop.example.org`)', 'host shop.example.org'],
    ['Host("shop.example.org")', 'host shop.example.org'],
    ['Host(`Shop.EXAMPLE.org`)', 'host shop.example.org'],
    ['Host(`shop.example.org.`)', 'host shop.example.org'],
    ['Host(`*.example.org`)', 'host *.example.org'],
    ['Host(`*`)', 'host *'],
    ['Host(`localhost`)', 'host localhost'],
    ['Host(`xn--bcher-kva.example`)', 'host xn--bcher-kva.example'],
    ['Host(`my_service.local`)', 'host my_service.local'],
    ['Host(`10.0.0.1`)', 'host 10.0.0.1'],
    ['host(`a.org`)', 'host a.org'],
    ['HOST(`a.org`)', 'host a.org'],
    ['HostRegexp(`^.+$`)', 'host-pattern ^.+$'],
    ['HostRegexp(`^[a-z]+\\.example\\.org$`)', 'host-pattern ^[a-z]+\\.example\\.org$'],
    ['Hostregexp(`.+`)', 'host-pattern .+'],
    ['Path(`/`)', 'path /'],
    ['Path(`/a/b`)', 'path /a/b'],
    ['PathPrefix(`/api`)', 'path-prefix /api'],
    ['pathprefix(`/api`)', 'path-prefix /api'],
    ['PATHPREFIX(`/api`)', 'path-prefix /api'],
    ['Pathprefix(`/api`)', 'path-prefix /api'],
    ['PathPrefix(`/with space`)', 'path-prefix /with space'],
    ['PathPrefix(`/ünï`)', 'path-prefix /ünï'],
    ['PathRegexp(`^/v[12]/`)', 'path-pattern ^/v[12]/'],
    ['PathRegexp(`(?i)^/api`)', 'path-pattern (?i)^/api'],
    ['PathRegexp(`/x{2,3}$`)', 'path-pattern /x{2,3}$'],
    ['Method(`post`)', 'method POST'],
    ['Method(`OPTIONS`)', 'method OPTIONS'],
    ['Header(`X-A`, `b c`)', 'header X-A=b c'],
    ['HeaderRegexp(`User-Agent`, `^curl/`)', 'header-pattern User-Agent=^curl/'],
    ['Query(`debug`, `1`)', 'query debug=1'],
    ['Query(`debug`)', 'query debug='],
    ['QueryRegexp(`id`, `^[0-9]+$`)', 'query-pattern id=^[0-9]+$'],
    ['QueryRegexp(`id`)', 'query id='],
    ['ClientIP(`10.1.2.3`)', 'client-ip 10.1.2.3'],
    ['ClientIP(`10.0.0.0/8`)', 'client-ip 10.0.0.0/8'],
    ['ClientIP(`fe80::/10`)', 'client-ip fe80::/10'],
    ['ClientIP(`::ffff:10.0.0.1`)', 'client-ip ::ffff:10.0.0.1'],
    // Together
    ['Host(`a.org`) && PathPrefix(`/x`)', '(host a.org & path-prefix /x)'],
    ['Host(`a.org`)&&PathPrefix(`/x`)', '(host a.org & path-prefix /x)'],
    ['Host(`a.org`) || Host(`b.org`)', '(host a.org | host b.org)'],
    ['Host(`a.org`) || Host(`b.org`) && Path(`/`)', '(host a.org | (host b.org & path /))'],
    ['Path(`/`) && Host(`a.org`) || Host(`b.org`)', '((path / & host a.org) | host b.org)'],
    ['(Host(`a.org`) || Host(`b.org`)) && Path(`/`)', '((host a.org | host b.org) & path /)'],
    ['Host(`a.org`) && (Path(`/a`) || Path(`/b`))', '(host a.org & (path /a | path /b))'],
    ['Host(`a.org`) && Path(`/a`) && Method(`GET`)', '(host a.org & path /a & method GET)'],
    ['Host(`a.org`) || Host(`b.org`) || Host(`c.org`)', '(host a.org | host b.org | host c.org)'],
    ['!Path(`/private`)', '!path /private'],
    ['!Path(`/a`) && Host(`a.org`)', '(!path /a & host a.org)'],
    ['Host(`a.org`) && !PathPrefix(`/admin`)', '(host a.org & !path-prefix /admin)'],
    ['!(Host(`a.org`) && Path(`/`))', '!(host a.org & path /)'],
    ['!!Path(`/a`)', '!!path /a'],
    ['((Host(`a.org`)))', 'host a.org'],
    [
      '(Host(`a.org`) && Path(`/a`)) || (Host(`b.org`) && Path(`/b`))',
      '((host a.org & path /a) | (host b.org & path /b))',
    ],
    ['  Host( `a.org` )  ', 'host a.org'],
    ['Host(`a.org`,)', 'host a.org'],
    ['Host(`a.org`) &&\n  Path(`/`)\n', '(host a.org & path /)'],
    ['Host(`a.org`) ||\r\n Host(`b.org`)', '(host a.org | host b.org)'],
    ['(\nHost(`a.org`)\t)', 'host a.org'],
    // Quotes and escapes
    ['Path("/a`b")', 'path /a`b'],
    ['Path("/a\\"b")', 'path /a"b'],
    ['Path("/a\\\\b")', 'path /a\\b'],
    ['Path("/\\x41\\u00e9\\U0001F600\\101")', 'path /Aé😀A'],
    ['Header(`X`, "a\\tb")', 'header X=a\tb'],
    ['Path(`/a\\n`)', 'path /a\\n'],
    ['PathRegexp("^/a\\\\.b$")', 'path-pattern ^/a\\.b$'],
    ['Header(`X`, `a && (b) || !c`)', 'header X=a && (b) || !c'],
    // What only Traefik 2 has
    ['Host(`a.org`, `b.org`)', '(host a.org | host b.org)'],
    [
      'Host(`a.org`,`www.a.org`) && PathPrefix(`/a`, `/b`)',
      '((host a.org | host www.a.org) & (path-prefix /a | path-prefix /b))',
    ],
    ['HostHeader(`a.org`)', 'host a.org'],
    ['Method(`GET`, `HEAD`)', '(method GET | method HEAD)'],
    ['Headers(`X-A`, `b`)', 'header X-A=b'],
    ['Headers(`X-A`, `b`, `X-C`, `d`)', '(header X-A=b & header X-C=d)'],
    ['HeadersRegexp(`X-A`, `^b`)', 'header-pattern X-A=^b'],
    ['ClientIP(`10.0.0.0/8`, `::1`)', '(client-ip 10.0.0.0/8 | client-ip ::1)'],
    ['HostRegexp(`{host:.+}`)', 'host-pattern ^(?:.+)$'],
    ['HostRegexp(`{sub:[a-z]+}.example.org`)', 'host-pattern ^(?:[a-z]+)\\.example\\.org$'],
    ['HostRegexp(`{sub}.example.org`)', 'host-pattern ^(?:[^.]+)\\.example\\.org$'],
    ['HostRegexp(`{a:[a-z]{2,3}}.org`, `b.org`)', '(host-pattern ^(?:[a-z]{2,3})\\.org$ | host-pattern ^b\\.org$)'],
    ['Path(`/users/{id:[0-9]+}`)', 'path-pattern ^/users/(?:[0-9]+)$'],
    ['Path(`/users/{id}/edit`)', 'path-pattern ^/users/(?:[^/]+)/edit$'],
    ['Query(`debug=1`)', 'query debug=1'],
    ['Path(`/{a`)', 'path /{a'],
    ['PathPrefix(`/{lang:(de|en)}/`)', 'path-pattern ^/(?:(de|en))/'],
  ])('reads %s', (rule, condition) => {
    expect(read(rule)).toBe(condition);
  });

  it.each([
    ['Query(`a=1`, `b=2`)', '(query a=1 & query b=2)'],
    ['Query(`a=`)', 'query-pattern a=.*'],
    ['Query(`a={x:[0-9]+}`)', 'query-pattern a=^(?:[0-9]+)$'],
    ['HostRegexp(`a.org`)', 'host-pattern ^a\\.org$'],
    ['PathPrefix(`/a{b}`)', 'path-pattern ^/a(?:[^/]+)'],
  ])('reads %s as Traefik 2 where that is said', (rule, condition) => {
    expect(read(rule, 'v2')).toBe(condition);
  });

  it('takes braces as they are where Traefik 3 is said', () => {
    expect(read('Path(`/a{b}`)', 'v3')).toBe('path /a{b}');
    expect(read('PathRegexp(`^/a{b}`)', 'v3')).toBe('path-pattern ^/a{b}');
  });

  it.each([
    ['', '0: expected a matcher such as Host(`shop.example.org`)'],
    ['   ', '3: expected a matcher such as Host(`shop.example.org`)'],
    ['Host', '4: expected ( after the matcher'],
    ['Host()', '0: Host has no value'],
    ['Host(``)', '5: Host has an empty value'],
    ['Host(`a.org`', '12: expected , or )'],
    ['Host(`a.org` `b.org`)', '13: expected , or )'],
    ['Host(`a.org`, , `b.org`)', '14: expected a value in backticks or double quotes'],
    ['Host(a.org)', '5: expected a value in backticks or double quotes'],
    ['Host(5)', '5: "5" is not expected'],
    ["Host('a.org')", "5: values stand in backticks or double quotes, not in '"],
    ['Host(`a.org)', '5: the quote is not closed'],
    ['Host("a.org)', '5: the quote is not closed'],
    ['Host("a\norg")', '5: the quote is not closed'],
    ['Path("/\\q")', '7: "\\q" is no escape'],
    ['Path("/\\xff")', '7: "\\xff" is no character'],
    ['(Host(`a.org`)', '14: expected &&, || or )'],
    ['Host(`a.org`))', '13: expected &&, || or the end of the rule'],
    ['Host(`a.org`) Path(`/`)', '14: expected &&, || or the end of the rule'],
    ['Host(`a.org`) & Path(`/`)', '14: write &&'],
    ['Host(`a.org`) | Path(`/`)', '14: write ||'],
    ['Host(`a.org`) && ', '17: expected a matcher such as Host(`shop.example.org`)'],
    ['&& Host(`a.org`)', '0: expected a matcher such as Host(`shop.example.org`)'],
    ['Host(`a.org`) and Path(`/`)', '14: expected &&, || or the end of the rule'],
    ['Host(`a.org`)\n&& Path(`/`)', '13: a line ends here, where the rule goes on; end it after && or ||'],
    ['Host(`a.org`) # comment', '14: "#" is not expected'],
    ['`a.org`', '0: expected a matcher such as Host(`shop.example.org`)'],
    ['a.org', '1: "." is not expected'],
    ['Host:a.org', '4: ":" is not expected'],
    ['Hots(`a.org`)', '0: there is no matcher Hots'],
    ['hOST(`a.org`)', '0: there is no matcher hOST; write Host'],
    ['pathPrefix(`/a`)', '0: there is no matcher pathPrefix; write PathPrefix'],
    ['HostSNI(`a.org`)', '0: HostSNI is for routes of TCP'],
    ['Host(`a.org:8080`)', '5: "a.org:8080" is no host name'],
    ['Host(`https://a.org`)', '5: "https://a.org" is no host name'],
    ['Host(`a.org/x`)', '5: "a.org/x" is no host name'],
    ['Host(`<DOMAIN>`)', '5: "<DOMAIN>" is no host name'],
    ['Host(`a..org`)', '5: "a..org" is no host name'],
    ['Host(`-a.org`)', '5: "-a.org" is no host name'],
    ['Host(`a.*.org`)', '5: "a.*.org" is no host name'],
    ['Host(`bücher.example`)', '5: "bücher.example" must be written in ASCII (punycode)'],
    ['Path(`a`)', '5: a path begins with /'],
    ['PathPrefix(`api`)', '11: a path begins with /'],
    ['PathRegexp(`(`)', '11: the pattern is not valid'],
    ['PathRegexp(`^/(?!x)`)', '11: the pattern looks ahead or behind, which Go cannot'],
    ['PathRegexp(`(a)\\1`)', '11: the pattern has the escape \\1, which cannot be read'],
    ['PathRegexp(`(a{500}){3}`)', '11: the pattern repeats more than 1000 times'],
    ['ClientIP(`10.0.0.0/33`)', '9: "10.0.0.0/33" is no address and no range of them'],
    ['ClientIP(`300.0.0.1`)', '9: "300.0.0.1" is no address and no range of them'],
    ['ClientIP(`example.org`)', '9: "example.org" is no address and no range of them'],
    ['Header(`X-A`)', '0: Header takes 2 values, not 1'],
    ['Headers(`X-A`)', '0: Headers takes names with values'],
    ['Query(`a`, `b`, `c`)', '0: Query takes names with values'],
    ['Path(`/{a}{`)', '5: as many { must open as } close'],
  ])('refuses %s, and says where and why', (rule, problem) => {
    expect(read(rule)).toBe(problem);
  });

  it.each([
    ['Host(`a.org`, `b.org`)', 'v3', '0: Host takes 1 values, not 2'],
    ['Headers(`a`, `b`)', 'v3', '0: Headers is not known to Traefik 3'],
    ['PathRegexp(`/`)', 'v2', '0: PathRegexp is not known to Traefik 2'],
    ['Host(`*.a.org`)', 'v2', '5: Traefik 2 has no hosts with *; use HostRegexp'],
    ['Query(`a`)', 'v2', '0: Query takes names with values'],
    ['Path(`/{a`)', 'v2', '5: as many { must open as } close'],
    ['Path(`/a}`)', 'v2', '5: as many { must open as } close'],
    ['Path(`/{}`)', 'v2', '5: what is in { } begins with a name'],
  ] as const)('refuses %s as %s', (rule, syntax, problem) => {
    expect(read(rule, syntax)).toBe(problem);
  });

  it('bounds how deep and how long a rule is', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}Host(\`a.org\`)${')'.repeat(depth)}`;
    expect(read(nested(64))).toBe('host a.org');
    expect(read(nested(65))).toBe('64: it is nested more than 64 deep');
    expect(read(`${'!'.repeat(100)}Path(\`/\`)`)).toBe('64: it is nested more than 64 deep');
    expect(read(`${'('.repeat(8_000)}`)).toBe('64: it is nested more than 64 deep');
    expect(read(`Path(\`/${'a'.repeat(9_000)}\`)`)).toBe('8192: it is longer than 8192 characters');
  });
});
