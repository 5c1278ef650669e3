// Moments stand in UTC, the same for everybody; on hover they tell the reader's own time.
for (const time of document.querySelectorAll("time[datetime]")) {
  const local = new Date(time.dateTime);
  if (!Number.isNaN(local.getTime())) {
    time.title = local.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
  }
}
