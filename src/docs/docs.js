/* What pages of the docs do beside being read; they read the same without this script. */

// why: on a narrow page the list of headings would stand before the words, a screen long.
if (matchMedia('(max-width: 719.98px)').matches) document.querySelector('.contents details')?.removeAttribute('open');

/**
 * Every block of code gets a button that copies it. Where the browser does not let a page copy, the text is selected, so
 * that the keyboard can.
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
