/** What every panel of the board is by. */
export const BY = ['deployment_environment_name'];
export const LEGEND = '{{deployment_environment_name}}';
