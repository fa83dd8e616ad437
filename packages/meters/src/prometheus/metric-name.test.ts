import { expect, test } from 'vitest';
import { metricName } from './metric-name.ts';

test.each([
  ['shop.orders.placed', '{order}', 'monotonic-sum', 'shop_orders_placed_total'],
  ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds'],
  ['v8js.memory.heap.used', 'By', 'gauge', 'v8js_memory_heap_used_bytes'],
  ['nodejs.eventloop.utilization', '1', 'gauge', 'nodejs_eventloop_utilization_ratio'],
  ['share', '1', 'other-sum', 'share'],
  ['process.cpu.time', 's', 'monotonic-sum', 'process_cpu_time_seconds_total'],
  ['disk.total', 'By', 'monotonic-sum', 'disk_bytes_total'],
  ['load', 'By/s', 'gauge', 'load_bytes_per_second'],
  ['request.seconds', 's', 'histogram', 'request_seconds'],
  ['cpu.temperature', 'Cel', 'gauge', 'cpu_temperature_celsius'],
  ['2xx', '', 'monotonic-sum', '_2xx_total'],
  ['weird..name--x', '{thing}/s', 'gauge', 'weird_name_x_per_second'],
] as const)('%s in %s as %s', (name, unit, kind, expected) => {
  expect(metricName(name, unit, kind)).toBe(expected);
});
