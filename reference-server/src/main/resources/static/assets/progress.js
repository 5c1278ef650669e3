// Follows a running scan and opens its report. Without script the page loads itself anew instead.
const list = document.querySelector("[data-progress]");
const elapsed = document.getElementById("elapsed");
const said = document.getElementById("said");
const words = { waiting: "waiting", running: "running", done: "done" };
const began = performance.now();
const before = Number(list.dataset.elapsed);
let lastSaid = "";
let failures = 0;

function show(stages) {
  for (const stage of stages) {
    const line = list.querySelector(`[data-stage="${stage.key}"]`);
    line.dataset.state = stage.state;
    line.querySelector("[data-took]").textContent = stage.took || words[stage.state];
  }
  const running = stages.filter((stage) => stage.state === "running").map((stage) => stage.label).join(", ");
  if (running && running !== lastSaid) {
    lastSaid = running;
    said.textContent = `Now: ${running}`;
  }
}

async function ask() {
  try {
    const answer = await fetch(list.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const progress = await answer.json();
    failures = 0;
    show(progress.stages);
    if (!progress.running) {
      said.textContent = "The scan has ended. Opening its report.";
      location.reload();
      return;
    }
  } catch {
    failures += 1;
    if (failures === 5) {
      said.textContent = "The server does not answer. Trying again.";
    }
  }
  setTimeout(ask, Math.min(700 * 2 ** failures, 15000));
}

setInterval(() => {
  elapsed.textContent = `${Math.floor(before + (performance.now() - began) / 1000)} s`;
}, 500);
ask();
