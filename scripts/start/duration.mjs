const units = { s: 1, m: 60, h: 3600 };

/** The seconds of an option such as 30s, 5m or 1h. Throws unless it is from 1 s to 24 h. */
export function duration(name, text) {
  const match = /^(\d+)(s|m|h)$/.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]) * units[match[2]];
  if (!(value >= 1 && value <= 86_400))
    throw new Error(`Expected ${name} to be a time from 1s to 24h such as 60s or 5m, got ${text}`);
  return value;
}
