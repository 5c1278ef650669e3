// Buttons that copy what another element says. They are hidden in the page and shown here: without script there are none.
const said = document.getElementById("said");

async function copy(button, source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
    said.textContent = "Copied to the clipboard";
  } catch {
    // Without a secure context or the permission there is no clipboard; marked text is one key away from it.
    getSelection().selectAllChildren(source);
    button.textContent = "Marked: press Ctrl+C";
    said.textContent = "Marked. Press Control and C to copy.";
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", () => copy(button, source));
}
