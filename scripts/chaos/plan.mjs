/**
 * How long things take in a run. Short: outages of seconds, and rules in a sixtieth of their time, so that alerts are due in them.
 * Full: the committed rules and timing, and outages as long as the promises.
 */
export const plans = {
  quick: {
    timeScale: 60,
    exportMs: 1_000,
    /** Between a row's time in PostgreSQL and its increment, and on an export's way: more than a busy machine takes. */
    commitMs: 1_500,
    warmSeconds: 3,
    settleSeconds: 90,
    quietSeconds: 5,
    heartbeatSeconds: 5,
    /** What an alert takes beside its own `for`: scrape, evaluation, the rules' offset, the group's wait. */
    alertSlackSeconds: 8,
    /** Longest wait for an alert that is due to be on record, once the fault is over. */
    alertLateSeconds: 60,
    heartbeatDueSeconds: 14,
    stackSettings: {
      prometheusTiming: {
        scrapeInterval: '1s',
        evaluationInterval: '1s',
        ruleQueryOffset: '2s',
        resendDelay: '1s',
      },
      alertmanagerTiming: { groupWait: '1s', groupInterval: '2s', heartbeatInterval: '2s' },
    },
  },
  full: {
    timeScale: 1,
    exportMs: 5_000,
    commitMs: 1_500,
    warmSeconds: 20,
    settleSeconds: 180,
    quietSeconds: 20,
    heartbeatSeconds: 180,
    alertSlackSeconds: 120,
    alertLateSeconds: 180,
    heartbeatDueSeconds: 540,
    stackSettings: {},
  },
};

/** Seconds after which somebody must have been told of an alert of a fault that lasts. */
export function dueAfter({ name, forSeconds }, plan) {
  if (name === 'HeartbeatMissing') return plan.heartbeatDueSeconds;
  return forSeconds / plan.timeScale + plan.alertSlackSeconds;
}
