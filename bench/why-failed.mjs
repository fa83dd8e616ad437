/** One line that says why a process or a variant failed: the error that it printed, else the first line of ours. */
export function whyFailed({ message }) {
  const lines = message.split('\n').map((line) => line.trim());
  const said = lines.find((line, index) => index > 0 && /^(\w*Error|Expected)\b/.test(line));
  return (said ?? lines[0]).slice(0, 200);
}
