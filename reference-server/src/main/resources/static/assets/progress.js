// Polls the progress of a running scan and opens its report. Without JavaScript, the page reloads periodically instead.
const list = document.querySelector("[data-progress]");
const elapsed = document.getElementById("elapsed");
const announcement = document.getElementById("announcement");
const stateLabels = { waiting: "waiting", running: "running", done: "done" };
const loadedAt = performance.now();
const elapsedBefore = Number(list.dataset.elapsed);
let lastAnnounced = "";
let failures = 0;

function show(stages) {
  for (const stage of stages) {
    const line = list.querySelector(`[data-stage="${stage.key}"]`);
    line.dataset.state = stage.state;
    line.querySelector("[data-took]").textContent = stage.took || stateLabels[stage.state];
  }
  const running = stages.filter((stage) => stage.state === "running").map((stage) => stage.label).join(", ");
  if (running && running !== lastAnnounced) {
    lastAnnounced = running;
    announcement.textContent = `Now: ${running}`;
  }
}

async function poll() {
  try {
    const response = await fetch(list.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) {
      throw new Error(response.status);
    }
    const progress = await response.json();
    failures = 0;
    show(progress.stages);
    if (!progress.running) {
      announcement.textContent = "The scan is complete. Opening the report.";
      location.reload();
      return;
    }
  } catch {
    failures += 1;
    if (failures === 5) {
      announcement.textContent = "The server does not respond. Retrying.";
    }
  }
  setTimeout(poll, Math.min(700 * 2 ** failures, 15000));
}

setInterval(() => {
  elapsed.textContent = `${Math.floor(elapsedBefore + (performance.now() - loadedAt) / 1000)} s`;
}, 500);
poll();
