// A second press of the same button is not sent. The server's once-key is what makes this safe; this only spares
// a worried person two spinning pages. After a while the button works again: the connection may have been cut.
const WAIT = 10_000;

export function sendOnce(form) {
  let sent = false;

  function release() {
    sent = false;
    form.removeAttribute("aria-busy");
  }

  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.setAttribute("aria-busy", "true");
    window.setTimeout(release, WAIT);
  });
  window.addEventListener("pageshow", (event) => event.persisted && release());
}
