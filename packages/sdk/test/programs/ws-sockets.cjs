require('./ws-scenario.cjs').run(require('ws'));
