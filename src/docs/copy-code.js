/**
 * Gives every block of code a button that copies it. Where the browser does not let a page copy, the text is selected, so
 * that the keyboard can. Pages read the same without this script.
 */
for (const block of document.querySelectorAll('pre.box')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy ${block.getAttribute('aria-label') ?? 'code'}`);
  const said = document.createElement('span');
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    const text = block.textContent ?? '';
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => {
        said.textContent = button.textContent = 'Copied';
      },
      () => {
        getSelection()?.selectAllChildren(block);
        said.textContent = button.textContent = 'Selected';
      },
    );
  });
  button.addEventListener('blur', () => {
    button.textContent = 'Copy';
    said.textContent = '';
  });
  block.after(button, said);
}
