/** What the timeline is drawn with: a canvas on screen and for PNG, the writer of vectors for SVG. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textBaseline'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'strokeText'
  | 'setLineDash'
> & {
  /** A colour; canvases also know patterns, which nothing here is drawn with. */
  get fillStyle(): CanvasRenderingContext2D['fillStyle'];
  set fillStyle(colour: string);
  get strokeStyle(): CanvasRenderingContext2D['strokeStyle'];
  set strokeStyle(colour: string);
  measureText(text: string): { readonly width: number };
};
