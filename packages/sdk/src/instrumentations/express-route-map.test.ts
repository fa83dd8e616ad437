import { expect, test } from 'vitest';
import type { Layer, Path, Router } from './express-model.ts';
import { createRouteMap } from './express-route-map.ts';

const router = (): Router => Object.assign(() => {}, { stack: [] });
const matching = (regexp: RegExp): Layer => ({ handle: undefined, regexp });
const route = (path: Path) => ({ path });

test('a route by itself is its own template', () => {
  const routes = createRouteMap();
  const root = router();
  for (const [path, text] of [
    ['/', '/'],
    ['/a/:id', '/a/:id'],
    [['/a', '/b'], '/a,/b'],
    [/^\/x\d/, '/^\\/x\\d/'],
  ] as const) {
    const one = route(path);
    routes.addRoute(one, root);
    expect(routes.template(one, '')).toBe(text);
  }
});

test('the paths of routers around it come first', () => {
  const routes = createRouteMap();
  const [root, middle, inner] = [router(), router(), router()];
  const leaf = route('/');
  routes.addRoute(leaf, inner);
  routes.addMount(inner, { in: middle, path: '/x', layer: undefined });
  routes.addMount(middle, { in: root, path: '/t/:id/', layer: undefined });
  expect(routes.template(leaf, '/t/1/x')).toBe('/t/:id/x');
});

test('a router that is mounted twice is told apart by the mount path of the request', () => {
  const routes = createRouteMap();
  const [root, shared] = [router(), router()];
  const leaf = route('/z');
  routes.addRoute(leaf, shared);
  routes.addMount(shared, { in: root, path: '/a/:id', layer: matching(/^\/a\/[^/]+(?=\/|$)/) });
  routes.addMount(shared, { in: root, path: '/b', layer: matching(/^\/b(?=\/|$)/) });
  expect(routes.template(leaf, '/a/7')).toBe('/a/:id/z');
  expect(routes.template(leaf, '/b')).toBe('/b/z');
});

test('a router inside itself does not hang', () => {
  const routes = createRouteMap();
  const loop = router();
  const leaf = route('/z');
  routes.addRoute(leaf, loop);
  routes.addMount(loop, { in: loop, path: '/again', layer: undefined });
  expect(routes.template(leaf, '')).toContain('/z');
});
