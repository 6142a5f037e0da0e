/** Puts text on the clipboard. True only when the browser said that it is there; never throws. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Selects everything in an element or a text field, so that the reader can copy it by hand. */
export function selectText(node: HTMLElement | null | undefined): void {
  if (!node) return;
  node.focus();
  if (node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement) {
    node.select();
    // why: browsers scroll to the end of a selection, and the start of a text tells what it is.
    requestAnimationFrame(() => (node.scrollTop = 0));
  } else getSelection()?.selectAllChildren(node);
}

/** Offers text as a file download. */
export function saveText(name: string, text: string, type = 'application/json'): void {
  saveBlob(name, new Blob([text], { type }));
}

/** Offers a file as a download. */
export function saveBlob(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // why: the download has its own hold on the content once the click has been handled.
  queueMicrotask(() => URL.revokeObjectURL(url));
}
