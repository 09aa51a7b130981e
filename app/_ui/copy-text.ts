/**
 * Copies text to the clipboard. The Clipboard API exists only on HTTPS and localhost; elsewhere `execCommand`
 * copies from a field beside the button (inside an open dialog, nothing outside of it can take the focus).
 * @returns whether it worked
 */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    if (navigator.clipboard === undefined) return copyByCommand(text, beside);
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text, beside);
  }
}

function copyByCommand(text: string, beside: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.cssText = 'position:fixed;top:0;left:0;opacity:0';
  beside.after(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    beside.focus();
  }
}
