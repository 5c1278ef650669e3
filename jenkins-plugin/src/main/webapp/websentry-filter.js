/* Filters the rows of a table by the text of a search field. */
document.querySelectorAll("[data-websentry-filter]").forEach((field) => {
  const rows = document.getElementById(field.dataset.websentryFilter).tBodies[0].rows;
  field.addEventListener("input", () => {
    const text = field.value.trim().toLowerCase();
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(text);
    }
  });
});
