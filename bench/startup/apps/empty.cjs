require('./report.cjs')();
