import {
  type Application,
  type Layer,
  type Path,
  pathText,
  type Route,
  type Router,
} from './express-model.ts';

/** One place where a router or an application is mounted. */
interface Mount {
  readonly in: Router;
  readonly path: Path;
  readonly layer: Layer | undefined;
}

/**
 * Which route is in which router, and which router is mounted where: learnt while the application builds itself, so that
 * a request costs one look-up.
 */
export interface RouteMap {
  addRoute(route: Route, router: Router): void;
  addMount(mounted: Router | Application, mount: Mount): void;
  /** The router that an application forwards its requests to. */
  addApplication(application: Application, router: Router): void;
  /** A function, which may call a router that the map can't see in it. */
  addFunction(mount: Mount): void;
  /**
   * The template of the whole path of a route, with the paths under which its routers are mounted; `undefined` when the way to it is not
   * known, because the application was built before the map listened.
   *
   * @param baseUrl The mount path of this request, as `request.baseUrl` says: decides when a router is mounted more than once.
   * @param root The router of the application, where functions that call routers are looked for.
   */
  template(route: Route, baseUrl: string, root: () => Router | undefined): string | undefined;
}

/** What a route was found to be, as long as nothing was mounted since. */
interface Known {
  readonly template: string;
  /** Only for requests whose mount path is empty: its router may be called by a function that the map can't see. */
  readonly atRoot: boolean;
  readonly mountings: number;
}

/** Places of one router that are known at most: an application may mount a router in one that it makes for each request. */
const MOUNT_LIMIT = 100;

export function createRouteMap(): RouteMap {
  const routers = new WeakMap<Route, Router>();
  const mounts = new WeakMap<Router | Application, Mount[]>();
  const applications = new WeakMap<Router, Application>();
  const functions = new WeakMap<Layer, Mount>();
  const known = new WeakMap<Route, Known>();
  let mountings = 0;

  function mountsOf(router: Router): readonly Mount[] {
    const direct = mounts.get(router) ?? [];
    const application = applications.get(router);
    const ofApplication = application === undefined ? [] : (mounts.get(application) ?? []);
    return [...direct, ...ofApplication];
  }

  /** Every way from the root to this router: lists of mounts, the outermost first. */
  function waysTo(router: Router, seen: ReadonlySet<Router> = new Set()): readonly Mount[][] {
    const above = mountsOf(router).filter((mount) => !seen.has(mount.in));
    if (above.length === 0) return [[]];
    const now = new Set([...seen, router]);
    return above.flatMap((mount) => waysTo(mount.in, now).map((way) => [...way, mount]));
  }

  return {
    addRoute: (route, router) => {
      routers.set(route, router);
    },
    addMount: (mounted, mount) => {
      const all = mounts.get(mounted);
      if (all !== undefined && all.length >= MOUNT_LIMIT) return;
      mountings += 1;
      if (all === undefined) mounts.set(mounted, [mount]);
      else all.push(mount);
    },
    addApplication: (application, router) => {
      if (applications.get(router) === application) return;
      mountings += 1;
      applications.set(router, application);
    },
    addFunction: (mount) => {
      if (mount.layer !== undefined && mount.path !== '/') functions.set(mount.layer, mount);
    },
    template: (route, baseUrl, root) => {
      const cached = known.get(route);
      if (cached?.mountings === mountings && (baseUrl === '' || !cached.atRoot)) {
        return cached.template;
      }
      const router = routers.get(route);
      if (router === undefined) return undefined;
      const ways = waysTo(router);
      const [only] = ways;
      if (ways.length === 1 && only !== undefined && (only.length > 0 || baseUrl === '')) {
        const template = templateOf(only, route);
        known.set(route, { template, atRoot: only.length === 0, mountings });
        return template;
      }
      const taken = ways.find((way) => leadsTo(way, baseUrl)) ?? throughFunction(baseUrl, root());
      return taken && templateOf(taken, route);
    },
  };

  function throughFunction(baseUrl: string, root: Router | undefined): Mount[] | undefined {
    for (const layer of root?.stack ?? []) {
      const mount = functions.get(layer);
      if (mount !== undefined && leadsTo([mount], baseUrl)) return [mount];
    }
    return undefined;
  }
}

function templateOf(way: readonly Mount[], route: Route): string {
  const texts = [...way.map(({ path }) => pathText(path)), pathText(route.path)];
  const whole = texts
    .filter((text) => text !== '/')
    .join('')
    .replace(/\/{2,}/g, '/');
  return whole === '' ? '/' : whole;
}

/** Whether a request with this mount path came this way. */
function leadsTo(way: readonly Mount[], baseUrl: string): boolean {
  let rest = baseUrl;
  for (const { layer } of way) {
    const matched = layer === undefined ? undefined : matchedPart(layer, rest === '' ? '/' : rest);
    if (matched === undefined) return false;
    rest = rest.slice(matched.replace(/\/$/, '').length);
  }
  return rest === '';
}

/** The beginning of a path that a mounting layer takes away; `undefined` when it does not match. Asks the matchers, not `layer.match`, which writes to the layer. */
function matchedPart(layer: Layer, path: string): string | undefined {
  if (layer.matchers !== undefined) {
    for (const match of layer.matchers) {
      const found = match(path);
      if (found) return found.path;
    }
    return (layer as { slash?: boolean }).slash ? '' : undefined;
  }
  if (layer.regexp?.fast_slash) return '';
  return layer.regexp?.exec(path)?.[0];
}
