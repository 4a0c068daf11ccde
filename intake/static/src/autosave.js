// Keeps an unfinished form as a sealed draft: every ten seconds, on leaving a box, and on leaving the page.
// The server answers 200 with the words to show, such as "Draft saved 10:42"; anything else is a failure, and is said.
const EVERY = 10_000;
const LET_GO_FIRST = 300;

export function keepDrafts(form) {
  const status = form.querySelector("[data-autosave-status]");
  const url = form.dataset.autosaveUrl;
  let changed = false;
  let sending = false;
  let leaving = false;

  function say(words, failed) {
    status.textContent = words;
    status.classList.toggle("pio-saved--failed", failed);
  }

  function words() {
    const typed = new FormData(form);
    form.querySelectorAll("input[type=password]").forEach((secret) => typed.delete(secret.name));
    return new URLSearchParams(typed);
  }

  async function save() {
    if (!changed || sending || leaving) {
      return;
    }
    changed = false;
    sending = true;
    try {
      const answer = await fetch(url, { method: "POST", body: words(), redirect: "error" });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      say(await answer.text(), false);
    } catch {
      changed = true;
      say(form.dataset.autosaveFailed, true);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("focusout", () => window.setTimeout(save, LET_GO_FIRST));
  form.addEventListener("submit", (event) => {
    // What is sent must not come back as a draft after it.
    leaving = !event.defaultPrevented || leaving;
  });
  window.setInterval(save, EVERY);
  window.addEventListener("pagehide", () => {
    if (changed && !leaving) {
      // The browser refuses more than 64 kB here; the last ordinary save then stands.
      fetch(url, { method: "POST", body: words(), keepalive: true }).catch(() => {});
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      leaving = false;
    }
  });
}
