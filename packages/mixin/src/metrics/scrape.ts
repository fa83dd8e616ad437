import { scraped } from './metric.ts';

/** 1 while Prometheus can reach a target that it scrapes. */
export const up = scraped('up', 'gauge', '1 while Prometheus can scrape the target');
