import { dataLink, seriesLabel } from '../../frame/links.ts';
import { uids } from '../../uids.ts';

/** The same path of two services is two endpoints. */
export const ENDPOINT = ['service_name', 'http_request_method', 'http_route'];

export const LEGEND = '{{service_name}} {{http_request_method}} {{http_route}}';

export const toRoute = () => [
  dataLink('HTTP detail of this route', uids.http, { set: { route: seriesLabel('http_route') } }),
];
