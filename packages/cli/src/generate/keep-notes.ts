/** The line below which a generated page belongs to the people who use it. */
const MARKER = /^<!-- Notes of your team\b.*-->$/m;

/** What a person wrote below the marker; empty where there is neither marker nor writing. */
export function notesOf(text: string): string {
  const marker = MARKER.exec(text);
  return marker === null ? '' : text.slice(marker.index + marker[0].length).trim();
}

/** The generated text with the notes of the page that was there before. */
export function keepNotes(generated: string, before: string): string {
  const marker = MARKER.exec(generated);
  const notes = notesOf(before);
  if (marker === null || notes === '') return generated;
  return `${generated.slice(0, marker.index + marker[0].length)}\n\n${notes}\n`;
}
