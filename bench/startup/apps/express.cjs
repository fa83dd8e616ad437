require('express');
require('./report.cjs')();
