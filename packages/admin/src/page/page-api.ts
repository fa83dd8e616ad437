import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { AdminError } from '../admin-error.ts';
import type { Settings } from '../monitoring-options.ts';
import { compressedAssets } from './compressed-assets.ts';

/** Another content has another name. */
const forEver = { immutable: true, maxAge: '365d' };

/** The built page: `index.html` and what is below `assets/`, whose names change with their content. */
export function pageApi({ pageFolder }: Settings): Router {
  const router = Router({ caseSensitive: true });

  router.get('/', (request, response, next) => {
    const [path = ''] = request.originalUrl.split('?');
    // Assets are relative to the page: its address must end in a slash, under whatever path a proxy shows it.
    if (!path.endsWith('/')) {
      response.redirect(308, `./${path.slice(path.lastIndexOf('/') + 1)}/`);
      return;
    }
    if (!existsSync(join(pageFolder, 'index.html'))) {
      next(notBuilt());
      return;
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: pageFolder, cacheControl: false });
  });

  router.use(
    '/assets',
    (_request, response, next) => {
      response.removeHeader('Cache-Control');
      next();
    },
    compressedAssets(join(pageFolder, 'assets'), forEver),
    express.static(join(pageFolder, 'assets'), { index: false, redirect: false, ...forEver }),
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
  );
  return router;
}

const notBuilt = () =>
  new AdminError(
    'ERR_ADMIN_PAGE',
    'The page was not built.',
    'npm run build makes it in this repository; an installed package has it.',
  );
