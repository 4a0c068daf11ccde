// Reads hours with a library of another language and prints when each is open: one line of JSON for each.
// It is given nothing of the program's: not its notation, not its bank holidays, not its clock changes.
import OpeningHours from "opening_hours";

const asked = JSON.parse(process.argv[2]);
const [from, to] = [new Date(asked.from), new Date(asked.to)];
for (const { notation, nation } of asked.hours) {
  const place = { lat: 52, lon: -3, address: { country_code: "gb", state: nation } };
  const spans = new OpeningHours(notation, place, { tag_key: "opening_hours" }).getOpenIntervals(from, to);
  console.log(JSON.stringify(spans.map(([begins, ends]) => [begins.getTime() / 60000, ends.getTime() / 60000])));
}
