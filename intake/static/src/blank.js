// Hides the page from somebody walking past: a button, or Escape twice. The page itself is not left and nothing is lost.
const TWICE_WITHIN = 700;

export function offerBlankScreen(button) {
  const title = document.title;
  const cover = document.createElement("div");
  const how = document.createElement("p");
  const back = document.createElement("button");
  let lastEscape = -TWICE_WITHIN;

  cover.className = "pio-blanked";
  cover.setAttribute("role", "dialog");
  cover.setAttribute("aria-modal", "true");
  cover.setAttribute("aria-label", button.dataset.blankedTitle);
  cover.hidden = true;
  how.textContent = button.dataset.how;
  back.type = "button";
  back.className = "govuk-button govuk-button--secondary";
  back.textContent = button.dataset.showAgain;
  cover.append(how, back);
  document.body.append(cover);

  function others() {
    return [...document.body.children].filter((part) => part !== cover && part.tagName !== "SCRIPT");
  }

  function turn(blank) {
    const returnTo = blank ? document.activeElement : turn.returnTo;
    turn.returnTo = returnTo;
    others().forEach((part) => {
      part.inert = blank;
    });
    document.documentElement.classList.toggle("pio-is-blank", blank);
    cover.hidden = !blank;
    document.title = blank ? button.dataset.blankedTitle : title;
    (blank ? back : returnTo || button).focus();
  }

  button.hidden = false;
  button.addEventListener("click", () => turn(true));
  back.addEventListener("click", () => turn(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      return;
    }
    if (event.timeStamp - lastEscape < TWICE_WITHIN) {
      lastEscape = -TWICE_WITHIN;
      turn(cover.hidden);
    } else {
      lastEscape = event.timeStamp;
    }
  });
}
