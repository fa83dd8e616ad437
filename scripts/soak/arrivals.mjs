/**
 * What arrived, kept small for hours: the receiver is emptied at each look. A tenant that gives its place in the budget back takes its series along, so
 * that the total is the sum of the newest value of every series that ever came.
 */
export function arrivals(receiver) {
  const orders = new Map();
  const take = () => {
    for (const { attributes, startTime, value } of receiver.points('soak.orders'))
      orders.set(`${attributes['tenant.id']} ${attributes.status} ${startTime}`, value);
  };
  return {
    /** Series of the service since the last look; the Collector makes its own of spans. Undefined when nothing came, as in an outage. */
    series() {
      take();
      const own = receiver.metrics().filter(({ scope }) => !scope.name.includes('spanmetrics'));
      receiver.clear();
      return own.length === 0 ? undefined : own.length;
    },
    /** Requests that were never counted as ended, by the last points. */
    openRequests() {
      return receiver
        .points('http.server.active_requests')
        .reduce((total, { value }) => total + Math.abs(value), 0);
    },
    orders() {
      take();
      return [...orders.values()].reduce((total, value) => total + value, 0);
    },
  };
}
