import type { ChartLines } from './chart-lines.ts';

interface Wish {
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
  readonly subtitle: string;
  readonly chart: ChartLines | undefined;
}

/** The chart as a picture for a report: its title, the plot, and who is which colour, on the ground of the theme. */
export async function chartPng({ canvas, title, subtitle, chart }: Wish): Promise<Blob> {
  const ratio = devicePixelRatio;
  const style = getComputedStyle(document.documentElement);
  const names = chart?.lines ?? [];
  const legend = names.length > 1 ? 28 : 8;
  const picture = document.createElement('canvas');
  picture.width = canvas.width + 32 * ratio;
  picture.height = canvas.height + (60 + legend) * ratio;
  const context = picture.getContext('2d');
  if (context === null) throw new Error('Expected a canvas to draw on, got none.');
  context.fillStyle = style.getPropertyValue('--surface');
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 16 * ratio, 52 * ratio);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  context.fillStyle = style.getPropertyValue('--text');
  context.font = '600 14px "Inter Variable", system-ui, sans-serif';
  context.fillText(title, 16, 20);
  context.fillStyle = style.getPropertyValue('--text-muted');
  context.font = '11px "Inter Variable", system-ui, sans-serif';
  context.fillText(subtitle, 16, 39);
  let left = 16;
  if (names.length > 1)
    for (const { name, colour } of names) {
      context.fillStyle = colour;
      context.fillRect(left, picture.height / ratio - 22, 10, 10);
      context.fillStyle = style.getPropertyValue('--text-muted');
      context.fillText(name, left + 16, picture.height / ratio - 16);
      left += 16 + context.measureText(name).width + 16;
      if (left > picture.width / ratio - 60) break;
    }
  return new Promise((resolve, reject) => {
    picture.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('No picture.'))),
      'image/png',
    );
  });
}
