// Copies the text of another element to the clipboard. The buttons are hidden in the page and shown by this script, so
// that they do not appear without JavaScript.
const announcement = document.getElementById("announcement");

async function copy(button, source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = "Copied";
    announcement.textContent = "Copied to the clipboard";
  } catch {
    // Without a secure context or permission, the clipboard is not accessible. The text is selected instead.
    getSelection().selectAllChildren(source);
    button.textContent = "Selected: press Ctrl+C";
    announcement.textContent = "Selected. Press Control and C to copy.";
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", () => copy(button, source));
}

// The engine renders reports without scripts and buttons.
for (const source of document.querySelectorAll(".ws-config")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy small";
  button.textContent = "Copy";
  button.addEventListener("click", () => copy(button, source));
  source.after(button);
}
