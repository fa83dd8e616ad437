import { expect, test } from 'vitest';
import type { Layer, Path, Router } from './express-model.ts';
import { createRouteMap } from './express-route-map.ts';

const router = (): Router => Object.assign(() => {}, { stack: [] });
const matching = (regexp: RegExp): Layer => ({ handle: undefined, regexp });
const none = () => undefined;
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
    expect(routes.template(one, '', none)).toBe(text);
  }
});

test('the paths of routers around it come first', () => {
  const routes = createRouteMap();
  const [root, middle, inner] = [router(), router(), router()];
  const leaf = route('/');
  routes.addRoute(leaf, inner);
  routes.addMount(inner, { in: middle, path: '/x', layer: undefined });
  routes.addMount(middle, { in: root, path: '/t/:id/', layer: undefined });
  expect(routes.template(leaf, '/t/1/x', none)).toBe('/t/:id/x');
});

test('a router that is mounted twice is told apart by the mount path of the request', () => {
  const routes = createRouteMap();
  const [root, shared] = [router(), router()];
  const leaf = route('/z');
  routes.addRoute(leaf, shared);
  routes.addMount(shared, { in: root, path: '/a/:id', layer: matching(/^\/a\/[^/]+(?=\/|$)/) });
  routes.addMount(shared, { in: root, path: '/b', layer: matching(/^\/b(?=\/|$)/) });
  expect(routes.template(leaf, '/a/7', none)).toBe('/a/:id/z');
  expect(routes.template(leaf, '/b', none)).toBe('/b/z');
});

test('a router inside itself does not hang', () => {
  const routes = createRouteMap();
  const loop = router();
  const leaf = route('/z');
  routes.addRoute(leaf, loop);
  routes.addMount(loop, { in: loop, path: '/again', layer: undefined });
  expect(routes.template(leaf, '', none)).toContain('/z');
});

test('a router that is mounted anew for every request does not hold what it was mounted in', () => {
  const routes = createRouteMap();
  const shared = router();
  const leaf = route('/z');
  routes.addRoute(leaf, shared);
  let asked = 0;
  for (let request = 0; request < 10_000; request += 1) {
    const match = (): false => {
      asked += 1;
      return false;
    };
    const layer = { handle: undefined, matchers: [match] };
    routes.addMount(shared, { in: router(), path: '/a', layer });
  }
  routes.template(leaf, '/b', none);
  expect(asked).toBeLessThanOrEqual(100);
});

test('a function that calls a router gives its path', () => {
  const routes = createRouteMap();
  const [root, hidden] = [router(), router()];
  const leaf = route('/z');
  routes.addRoute(leaf, hidden);
  const layer = matching(/^\/api\/[^/]+(?=\/|$)/);
  root.stack.push(matching(/^\/other(?=\/|$)/), layer);
  routes.addFunction({ in: root, path: '/api/:version', layer });
  expect(routes.template(leaf, '/api/v2', () => root)).toBe('/api/:version/z');
  expect(routes.template(leaf, '/elsewhere', () => root)).toBeUndefined();
});

test('a route that was there before the map has no template', () => {
  expect(createRouteMap().template(route('/z'), '', none)).toBeUndefined();
});

test('a router that is mounted again has both paths, also after a request', () => {
  const routes = createRouteMap();
  const [root, inner] = [router(), router()];
  const leaf = route('/z');
  routes.addRoute(leaf, inner);
  expect(routes.template(leaf, '', none)).toBe('/z');
  routes.addMount(inner, { in: root, path: '/a', layer: matching(/^\/a(?=\/|$)/) });
  expect(routes.template(leaf, '/a', none)).toBe('/a/z');
  routes.addMount(inner, { in: root, path: '/b', layer: matching(/^\/b(?=\/|$)/) });
  expect(routes.template(leaf, '/b', none)).toBe('/b/z');
  expect(routes.template(leaf, '/a', none)).toBe('/a/z');
});

test('a router that is also called by a function keeps the path of each call', () => {
  const routes = createRouteMap();
  const [root, inner] = [router(), router()];
  const leaf = route('/z');
  routes.addRoute(leaf, inner);
  const layer = matching(/^\/api(?=\/|$)/);
  root.stack.push(layer);
  routes.addFunction({ in: root, path: '/api', layer });
  expect(routes.template(leaf, '', () => root)).toBe('/z');
  expect(routes.template(leaf, '/api', () => root)).toBe('/api/z');
  expect(routes.template(leaf, '', () => root)).toBe('/z');
});
