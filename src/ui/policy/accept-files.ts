/** What becomes of files that are dragged over the page. */
export interface FileTarget {
  /** Told when files come over the pane, and when they leave it. */
  readonly over: (isOver: boolean) => void;
  readonly dropped: (files: readonly File[]) => void;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Lets files be dropped onto `pane`. Elsewhere on the page a file that nobody takes is refused, so that the browser does
 * not leave the page for it. Text that is dragged is never looked at. Returns how to stop.
 */
export function acceptFiles(pane: HTMLElement, { over, dropped }: FileTarget): () => void {
  const isInside = ({ target }: DragEvent): boolean => target instanceof Node && pane.contains(target);
  const dragover = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    over(isInside(event));
    if (!isInside(event)) return;
    event.preventDefault();
    // why: the editor has ideas of its own about what is dragged over it.
    event.stopPropagation();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  };
  const refuse = (event: DragEvent): void => {
    if (!hasFiles(event) || event.defaultPrevented || isFileField(event.target)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'none';
  };
  const dragleave = ({ relatedTarget }: DragEvent): void => {
    if (relatedTarget === null) over(false);
  };
  const drop = (event: DragEvent): void => {
    over(false);
    if (!hasFiles(event) || !isInside(event)) return;
    event.preventDefault();
    event.stopPropagation();
    dropped([...(event.dataTransfer?.files ?? [])]);
  };
  const off = new AbortController();
  const early = { capture: true, signal: off.signal };
  window.addEventListener('dragenter', dragover, early);
  window.addEventListener('dragover', dragover, early);
  window.addEventListener('dragleave', dragleave, early);
  window.addEventListener('drop', drop, early);
  for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, refuse, { signal: off.signal });
  return () => off.abort();
}

function isFileField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'file';
}
