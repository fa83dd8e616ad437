const row = (status) => (check, message, hint) => ({
  check,
  status,
  message,
  ...(hint !== undefined && { hint }),
});

export const ok = row('ok');
export const warning = row('warning');
export const failed = row('failed');
export const skipped = row('skipped');
