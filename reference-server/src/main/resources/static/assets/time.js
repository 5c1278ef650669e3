// Pages show times in UTC. This script adds the reader's local time as a tooltip.
for (const time of document.querySelectorAll("time[datetime]")) {
  const local = new Date(time.dateTime);
  if (!Number.isNaN(local.getTime())) {
    time.title = local.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
  }
}
