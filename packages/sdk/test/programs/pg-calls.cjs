// pg by `require`.
require('./pg-scenario.cjs').run(require('pg'));
