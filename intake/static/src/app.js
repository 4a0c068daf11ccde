// All but passkeys is a convenience: each page does its work without it.
import { initAll } from "./govuk-frontend.min.js";
import { keepDrafts } from "./autosave.js";
import { offerBlankScreen } from "./blank.js";
import { sendOnce } from "./once.js";
import { usePasskey } from "./passkey.js";
import { revealByAnswer } from "./reveal.js";

initAll();
// Before what counts as sent: a passkey's form asks the browser first.
document.querySelectorAll("[data-pio-passkey]").forEach(usePasskey);
document.querySelectorAll("form[data-pio-once]").forEach(sendOnce);
document.querySelectorAll("form[data-autosave-url]").forEach(keepDrafts);
document.querySelectorAll("[data-pio-blank]").forEach(offerBlankScreen);
document.querySelectorAll("[data-pio-reveals]").forEach(revealByAnswer);
document.documentElement.dataset.pioReady = "yes";
